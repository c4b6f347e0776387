/** What follows a sale: refunds of a part and by the policy of the sale, calendars, letters. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FaultPlan } from '../../../server/embedded/stripeSandbox/faults/faults.js';
import { CalendarFeed } from '../../../server/models/calendarFeed.js';
import { DueLetter } from '../../../server/models/letters/dueLetter.js';
import { Member } from '../../../server/models/member.js';
import { LedgerEntry } from '../../../server/models/money/ledgerEntry.js';
import { Order } from '../../../server/models/order.js';
import { letterWriters } from '../../../server/moneyTables.js';
import { sendDueLetters } from '../../../server/tickets/mails/sendDueLetters.js';
import { settleDueOrders } from '../../../server/tickets/ticketTimers.js';
import { rights } from '../../../shared/contracts/rights.js';
import { members } from '../../../shared/contracts/members.js';
import { tickets, type OrderView } from '../../../shared/contracts/tickets.js';
import { calendar } from '../../../shared/contracts/tickets/calendar.js';
import { cancelling } from '../../../shared/contracts/tickets/cancelling.js';
import { refunds } from '../../../shared/contracts/tickets/refunds.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { writeMoment } from '../../../shared/moments.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, publish, workshopForm, type FormChanges } from '../workshops/aWorkshop.js';
import { again, buy, checkout, press, webhooksHandled } from './aSale.js';

const hour = 3_600_000;
const opens = Date.parse('2096-03-01T18:00:00.000Z');
const refused = (code: string, data: object = {}): object => ({ ok: false, failure: { code, data } });

describe('after the sale', () => {
  let house: House;
  let clock = opens - 48 * hour;
  let organizer: Guest;
  beforeAll(async () => {
    house = await openHouse({ now: () => new Date(clock) });
  });
  afterAll(() => house.close());

  const sold = async (changes: FormChanges = {}): Promise<{ order: OrderView; buyer: Guest; workshopId: string }> => {
    clock = opens - 48 * hour;
    const published = await publish(house, { startsAt: new Date(opens).toISOString(), ...changes });
    ({ organizer } = published);
    const workshopId = published.workshop.id;
    const buyer = await house.guest();
    const order = published.workshop.price.amount === 0 ? dataOf(await checkout(buyer, workshopId)) : await buy(house, buyer, workshopId);
    return { order, buyer, workshopId };
  };
  const part = (orderId: string, amount: number, keepsSeat = true, clientRefundId: string = randomUUID()) =>
    organizer.ask(refunds.part, { orderId, clientRefundId, amount, keepsSeat, reason: 'The sound was bad' });
  const back = async (orderId: string): Promise<number[]> => (await LedgerEntry.find({ orderId, kind: 'refund' }).sort({ amount: 1 }).lean()).map(({ amount }) => -amount);

  it('leaves the seat where the organizer says so, tells the buyer, and is made once under its name', async () => {
    const { order, buyer, workshopId } = await sold();
    const name = randomUUID();
    for (const reply of await Promise.all([part(order.id, 700, true, name), part(order.id, 700, true, name)])) expect(dataOf(reply)).toMatchObject({ state: 'paid' });
    expect(dataOf(await part(order.id, 700, true, name))).toMatchObject({ state: 'paid', returned: 700, refunds: [{ amount: 700, reason: 'The sound was bad', by: 'organizer', keepsSeat: true, state: 'done' }] });
    expect(await buyer.next(tickets.orderChanged, ({ returned }) => returned === 700)).toMatchObject({ id: order.id, state: 'paid' });
    expect(await buyer.call(workshops.enter, { workshopId })).toMatchObject({ ok: true });
    await webhooksHandled(house);
    expect(await back(order.id)).toEqual([700]);
    // Another one takes the seat, and keeps the rest of the money here.
    expect(dataOf(await part(order.id, 100, false))).toMatchObject({ state: 'refunded', returned: 800 });
    expect(await buyer.next(rights.leftWorkshop)).toEqual({ workshopId, reason: 'refunded' });
    // What is left may follow at any time; then nothing is.
    expect(dataOf(await part(order.id, 1000, false))).toMatchObject({ state: 'refunded', returned: 1800 });
    expect(await part(order.id, 1)).toEqual(refused('refund.too_much', { left: 0 }));
    await webhooksHandled(house);
    expect(await back(order.id)).toEqual([1000, 700, 100].toSorted((a, b) => b - a));
  });

  it('never gives back more than was paid, whatever is asked at once, by hand at Stripe too', async () => {
    const { order } = await sold();
    const { paymentId } = await Order.findById(order.id).orFail().lean();
    await house.app.deps.payments.stripe.refunds.create({ payment_intent: paymentId ?? '', amount: 300 });
    const replies = await Promise.all(Array.from({ length: 6 }, () => part(order.id, 500)));
    const codes = replies.map((reply) => (reply.ok ? 'ok' : reply.failure.code));
    expect(codes.filter((code) => code === 'ok')).toHaveLength(3);
    expect(new Set(codes)).toEqual(new Set(['ok', 'refund.too_much']));
    await webhooksHandled(house);
    expect(await back(order.id)).toEqual([500, 500, 500, 300]);
    expect(dataOf(await organizer.ask(tickets.sales, { workshopId: order.workshopId }))).toMatchObject([{ state: 'refunded', gross: 1800, refunded: 1800 }]);
  });

  it('is the member’s own by the policy of the sale: all, then half, then nothing; and what was shown is what is given', async () => {
    const early = await sold();
    expect(early.order.refundRules).toEqual({ fullHours: 24, partial: { percent: 50, hours: 2 } });
    expect(await early.buyer.ask(refunds.mine, { orderId: early.order.id, amount: 900 })).toEqual(refused('refund.changed', { amount: 1800 }));
    expect(dataOf(await early.buyer.ask(refunds.mine, { orderId: early.order.id, amount: 1800 }))).toMatchObject({ state: 'refunded', returned: 1800, refunds: [{ by: 'member' }] });

    const later = await sold({ price: { amount: 1801, currency: 'jpy' } });
    clock = opens - 24 * hour;
    const buyer = await again(house, later.buyer);
    // The promise is the sale's: the workshop's may be another by now.
    for (const reply of await Promise.all(Array.from({ length: 3 }, () => buyer.ask(refunds.mine, { orderId: later.order.id, amount: 900 })))) expect(dataOf(reply)).toMatchObject({ id: later.order.id });
    expect(dataOf(await buyer.ask(refunds.mine, { orderId: later.order.id, amount: 900 }))).toMatchObject({ state: 'refunded', returned: 900 });
    expect(await buyer.call(workshops.enter, { workshopId: later.workshopId })).toEqual(refused('workshop.not_found'));
    await webhooksHandled(house);
    expect(await back(later.order.id)).toEqual([900]);

    const late = await sold();
    clock = opens - 2 * hour;
    const keeper = await again(house, late.buyer);
    expect(await keeper.ask(refunds.mine, { orderId: late.order.id, amount: 900 })).toEqual(refused('refund.too_late'));
    expect(await keeper.call(workshops.enter, { workshopId: late.workshopId })).toMatchObject({ ok: true });
    // The organizer may at any time.
    organizer = await again(house, organizer);
    expect(dataOf(await organizer.ask(tickets.refund, { orderId: late.order.id, reason: 'Ill' }))).toMatchObject({ state: 'refunded', refunds: [{ amount: 1800, reason: 'Ill' }] });
  });

  it('is nobody else’s, nothing without a promise, and a free seat is given back until the start', async () => {
    const { order, buyer } = await sold({ refundRules: null });
    expect(await (await house.guest()).ask(refunds.mine, { orderId: order.id, amount: 1800 })).toEqual(refused('order.not_found'));
    expect(await buyer.ask(refunds.mine, { orderId: order.id, amount: 1800 })).toEqual(refused('refund.too_late'));
    expect(await buyer.ask(refunds.part, { orderId: order.id, clientRefundId: randomUUID(), amount: 1, keepsSeat: true, reason: '' })).toEqual(refused('role.required'));

    const free = await sold({ price: { amount: 0, currency: 'eur' } });
    expect(dataOf(await free.buyer.ask(refunds.mine, { orderId: free.order.id, amount: 0 }))).toMatchObject({ state: 'refunded', refunds: [{ amount: 0, state: 'done' }] });
    expect(await free.buyer.ask(workshops.show, { workshopId: free.workshopId })).toMatchObject({ data: { seatsLeft: 3, you: { canEnter: false } } });
    expect(await part(free.order.id, 1)).toEqual(refused('order.wrong_state', { state: 'refunded' }));
    const open = dataOf(await checkout(buyer, free.workshopId).then(() => checkout(free.buyer, order.workshopId)));
    expect(await part(open.id, 1)).toEqual(refused('order.wrong_state', { state: 'open' }));
    await press(house, open, 'decline');
  });

  it('is made by the timer wherever a crash cut it off, once', async () => {
    const { order, buyer } = await sold();
    await webhooksHandled(house);
    house.sandbox.webhooks.pause();
    const noted = { id: 'r-1', amount: 400, keepsSeat: false, reason: '', by: 'member', byId: buyer.id, askedAt: new Date(clock), state: 'asked' };
    const due = { $push: { refunds: noted }, $set: { nextCheckAt: new Date(clock) } };
    // After it was noted; then after Stripe made it, too.
    await Order.updateOne({ _id: order.id }, due);
    await settleDueOrders(house.app.deps);
    await Order.updateOne({ _id: order.id }, { $set: { 'refunds.0.state': 'asked', state: 'paid', returned: 0, nextCheckAt: new Date(clock) } });
    await settleDueOrders(house.app.deps);
    expect(dataOf(await buyer.ask(tickets.order, { orderId: order.id }))).toMatchObject({ state: 'refunded', returned: 400, refunds: [{ amount: 400, state: 'done' }] });
    house.sandbox.webhooks.resume();
    await webhooksHandled(house);
    expect(await back(order.id)).toEqual([400]);
  });

  it('is refused with a policy that gives a part later than the whole', async () => {
    const { host } = await publish(house);
    const rules = { fullHours: 2, partial: { percent: 50, hours: 2 } };
    expect(await organizer.ask(workshops.publish, workshopForm([host.id], { refundRules: rules }))).toMatchObject({ ok: false, failure: { code: 'input.invalid' } });
  });

  describe('in a calendar', () => {
    /** Hand-made from RFC 5545: sections 3.1 (lines), 3.3.11 (text), 3.8.1.11 and 3.8.7 (status, stamp, sequence). */
    const title = '零拷贝 I/O；动手做，看看取消会对借出的缓冲区做什么, and measure it\r\nATTENDEE:mailto:eve@example.org\rX-EVIL:1';
    const text = async (address: string, headers: Record<string, string> = {}): Promise<Response> => fetch(address.replace('http://localhost', house.url), { headers });
    const expected = (workshopId: string, { sequence, stamp, status, reason = '' }: { sequence: number; stamp: string; status: string; reason?: string }) => [
      'BEGIN:VEVENT', `UID:${workshopId}@guildhall`, `SEQUENCE:${sequence}`, `DTSTAMP:${stamp}`, 'DTSTART:20960301T180000Z', 'DTEND:20960301T193000Z',
      'SUMMARY:零拷贝 I/O；动手做，看看取消会对借出的缓冲区做什么\\, and measure it\\nATTENDEE:mailto:eve@example.org\\nX-EVIL:1',
      `DESCRIPTION:${reason}How back-pressure works\\, and why.`, `URL;VALUE=URI:http://localhost/workshops/${workshopId}`, `STATUS:${status}`, 'END:VEVENT',
    ];
    const eventOf = (body: string): string[] => {
      const lines = body.replaceAll('\r\n ', '').split('\r\n');
      return lines.slice(lines.indexOf('BEGIN:VEVENT'), lines.indexOf('END:VEVENT') + 1);
    };
    const sound = (body: string): void => {
      expect(body.endsWith('END:VCALENDAR\r\n')).toBe(true);
      expect(body.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      for (const line of body.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    };

    it('a workshop is a file that keeps its name, whatever is in its title', async () => {
      const { workshopId } = await sold({ title });
      const file = await text(`http://localhost/api/workshops/${workshopId}/calendar.ics`);
      expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
      const body = await file.text();
      sound(body);
      expect(eventOf(body)).toEqual(expected(workshopId, { sequence: 0, stamp: '20960228T180000Z', status: 'CONFIRMED' }));
      expect((await text(`http://localhost/api/workshops/${'0'.repeat(24)}/calendar.ics`)).status).toBe(404);
      expect((await text('http://localhost/api/workshops/nothing/calendar.ics')).status).toBe(400);
    });

    it('a member’s own workshops stand under a secret address, change there, and are gone when it is closed', async () => {
      const { buyer, order, workshopId } = await sold({ title });
      const other = await buy(house, buyer, (await publish(house, { startsAt: new Date(opens).toISOString(), title: 'Given back' })).workshop.id);
      expect(dataOf(await buyer.ask(calendar.feed, {}))).toBeNull();
      const { address } = dataOf(await buyer.ask(calendar.open, {}));
      const first = await text(address);
      const body = await first.text();
      sound(body);
      expect(body.match(/^UID:.*$/gm)).toHaveLength(2);
      expect(eventOf(body.slice(body.indexOf(`UID:${workshopId}`) - 20))).toEqual(expected(workshopId, { sequence: 0, stamp: '20960228T180000Z', status: 'CONFIRMED' }));
      const etag = first.headers.get('etag') ?? '';
      // As a calendar asks; of itself `fetch` would ask for a fresh copy.
      const asksAgain = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
      expect([(await text(address, asksAgain)).status, first.headers.get('referrer-policy')]).toEqual([304, 'no-referrer']);

      clock += hour / 12;
      dataOf(await organizer.ask(tickets.refund, { orderId: other.id }));
      dataOf(await organizer.ask(cancelling.cancel, { workshopId, reason: 'Ill; sorry' }));
      const changed = await text(address, asksAgain);
      expect(changed.status).toBe(200);
      const now = await changed.text();
      expect(now.match(/^UID:.*$/gm)).toHaveLength(1);
      expect(eventOf(now)).toEqual(expected(workshopId, { sequence: 1, stamp: '20960228T180500Z', status: 'CANCELLED', reason: 'Ill\\; sorry\\n\\n' }));

      const renewed = dataOf(await buyer.ask(calendar.open, {}));
      expect([(await text(address)).status, (await text(renewed.address)).status]).toEqual([404, 200]);
      expect(dataOf(await buyer.ask(calendar.feed, {}))).toEqual({ openedAt: renewed.openedAt, readAt: new Date(clock).toISOString() });
      dataOf(await buyer.ask(calendar.close, {}));
      expect((await text(renewed.address)).status).toBe(404);
      expect(await CalendarFeed.countDocuments({ _id: buyer.id })).toBe(0);
      expect(order.workshopId).toBe(workshopId);
    });
  });

  describe('by mail', () => {
    const sent = async (to: Guest) => {
      const { email } = await Member.findById(to.id).orFail().lean();
      return ((await house.app.deps.mail.kept()) ?? []).filter((mail) => mail.to === email).toReversed();
    };
    const subjects = async (to: Guest) => (await sent(to)).map(({ subject }) => subject);
    const send = () => Promise.all([sendDueLetters(house.app.deps, letterWriters), sendDueLetters(house.app.deps, letterWriters)]);

    it('tells of the seat, a day and an hour before, in the member’s language, once each, with the file', async () => {
      clock = opens - 48 * hour;
      const { workshop } = await publish(house, { startsAt: new Date(opens).toISOString() });
      const buyer = await house.guest();
      dataOf(await buyer.ask(members.updateProfile, { language: 'zh-CN', timeZone: 'Asia/Shanghai' }));
      const order = await buy(house, buyer, workshop.id);
      await webhooksHandled(house);
      await expect.poll(async () => (await send(), subjects(buyer))).toEqual(['您在“Streams from the inside”的座位']);
      const [receipt] = await sent(buyer);
      expect(receipt?.text).toContain('已付款：€18.00');
      // On the clock where they are, and named.
      expect(receipt?.text).toContain(writeMoment(new Date(opens), 'zh-CN', 'Asia/Shanghai'));
      expect(receipt?.text).toContain('GMT+8');
      expect(receipt?.text).toContain(`http://localhost/orders/${order.id}`);
      expect(receipt?.attachments).toMatchObject([{ name: 'workshop.ics', type: 'text/calendar; charset=utf-8; method=PUBLISH', text: expect.stringContaining(`UID:${workshop.id}@guildhall`) as string }]);
      // A node that died before it could say that it had sent it.
      await DueLetter.updateOne({ _id: `receipt:${order.id}` }, { $set: { nextTryAt: new Date(clock), sentAt: null } });
      await send();
      // Counted by what is not sent yet: one that the house itself is just sending is not due, and not told of either.
      for (const [before, left] of [[24, 1], [1, 0]] as const) {
        clock = opens - before * hour;
        await expect.poll(async () => (await send(), DueLetter.countDocuments({ orderId: order.id, sentAt: null }))).toBe(left);
      }
      expect(await subjects(buyer)).toEqual(['您在“Streams from the inside”的座位', '明天：“Streams from the inside”', '一小时后：“Streams from the inside”']);
    });

    it('tells of a refund and of a cancelled workshop with the reason and the sum, and reminds of neither', async () => {
      const { order, buyer, workshopId } = await sold();
      const stays = await house.guest();
      await buy(house, stays, workshopId);
      dataOf(await part(order.id, 700, false));
      dataOf(await organizer.ask(cancelling.cancel, { workshopId, reason: 'The host is ill' }));
      clock = opens - hour;
      await expect.poll(async () => (await send(), DueLetter.countDocuments({ workshopId, nextTryAt: { $lte: new Date(clock) } }))).toBe(0);
      expect((await subjects(buyer)).toSorted()).toEqual(['Your seat in “Streams from the inside”', '€7.00 for “Streams from the inside” is coming back to you'].toSorted());
      expect((await subjects(stays)).toSorted()).toEqual(['Your seat in “Streams from the inside”', '“Streams from the inside” will not take place'].toSorted());
      const [told] = (await sent(stays)).filter(({ subject }) => subject.includes('will not'));
      expect(told?.text).toContain('Reason: The host is ill');
      // Nobody has said where they are.
      expect(told?.text).toContain('UTC');
      expect(told?.text).toContain('We are returning €18.00');
      expect(told?.attachments[0]?.text).toContain('STATUS:CANCELLED');
    });

    it.each<[string, Partial<FaultPlan>]>([
      ['twice, in reverse order, and with a 500 after commit', { duplicate: true, reverse: true, loseAnswers: true, breakAnswers: 1 }],
      ['late, after a card that was declined for no reason', { delayMs: hour / 6, declinePayments: 1 }],
      ['not at all', { drop: true }],
    ])('every webhook delivered %s: same final state, one mail, one ledger entry', async (_how, plan) => {
      clock = opens - 48 * hour;
      const { workshop, organizer: own } = await publish(house, { startsAt: new Date(opens).toISOString() });
      const buyer = await house.guest();
      const { faults, webhooks } = house.sandbox;
      const untilTold = async (): Promise<void> => {
        clock += hour / 6;
        await house.sandbox.catchUp();
        await webhooks.settled();
        await webhooksHandled(house);
        clock += hour / 2;
        await settleDueOrders(house.app.deps);
      };
      // What earlier orders still have to say to Stripe is said before: the answer that breaks is to be this order's.
      await settleDueOrders(house.app.deps);
      await webhooksHandled(house);
      faults.set(plan);
      const name = randomUUID();
      if (plan.breakAnswers) expect(await checkout(buyer, workshop.id, name)).toEqual(refused('payment.unavailable'));
      const order = dataOf(await checkout(buyer, workshop.id, name));
      for (const _click of [1, 2]) await press(house, order, 'pay');
      await untilTold();
      expect((await Order.findById(order.id).orFail().lean()).state).toBe('paid');
      faults.set(plan);
      const staff = await again(house, own);
      const reply = await staff.ask(tickets.refund, { orderId: order.id });
      expect(reply).toMatchObject(plan.breakAnswers ? refused('payment.unavailable') : { ok: true });
      await untilTold();
      faults.clear();
      expect((await Order.findById(order.id).orFail().lean()).state).toBe('refunded');
      expect((await LedgerEntry.find({ orderId: order.id }).sort({ kind: 1 }).lean()).map(({ kind, amount }) => [kind, amount])).toEqual([['charge', 1800], ['fee', -82], ['refund', -1800]]);
      expect((await buyer.heard(rights.changed)).map(({ change }) => change)).toEqual(['started', 'ended']);
      await expect.poll(async () => (await send(), subjects(buyer))).toHaveLength(2);
      expect(await subjects(buyer)).toEqual(['Your seat in “Streams from the inside”', '€18.00 for “Streams from the inside” is coming back to you']);
    });

    it('is tried again when it cannot be sent', async () => {
      const { buyer } = await sold();
      const spy = vi.spyOn(house.app.deps.mail, 'send').mockRejectedValue(new Error('the mail server is away'));
      await expect.poll(async () => (await send(), DueLetter.countDocuments({ memberId: buyer.id, failures: { $gt: 0 } }))).toBe(1);
      spy.mockRestore();
      expect(await subjects(buyer)).toEqual([]);
      clock += hour;
      await expect.poll(async () => (await send(), subjects(buyer))).toEqual(['Your seat in “Streams from the inside”']);
    });
  });
});
