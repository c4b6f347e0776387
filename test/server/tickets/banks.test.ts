/** What banks do: they ask for a proof, pay in days or not at all, take money back and decide; and what the house makes of it, on two nodes. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DueLetter } from '../../../server/models/letters/dueLetter.js';
import { LedgerEntry } from '../../../server/models/money/ledgerEntry.js';
import { Seats } from '../../../server/models/seats.js';
import type { OutcomeName } from '../../../server/embedded/stripeSandbox/checkout/outcomes.js';
import { letterWriters } from '../../../server/moneyTables.js';
import { sendDueLetters } from '../../../server/tickets/mails/sendDueLetters.js';
import { settleDueOrders } from '../../../server/tickets/ticketTimers.js';
import { community } from '../../../shared/contracts/community.js';
import { rights } from '../../../shared/contracts/rights.js';
import { tickets, type OrderState, type OrderView } from '../../../shared/contracts/tickets.js';
import { attention } from '../../../shared/contracts/tickets/attention.js';
import { refunds } from '../../../shared/contracts/tickets/refunds.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import type { House } from '../../support/house.js';
import { dataOf, publish } from '../workshops/aWorkshop.js';
import { checkout, press, webhooksHandled } from './aSale.js';
import { openSale, type Sale } from './openSale.js';

describe('a bank', () => {
  let sale: Sale;
  let house: House;
  let node: House;
  let organizer: Guest;
  let buyer: Guest;
  let workshopId: string;
  beforeAll(async () => {
    sale = await openSale();
    ({ house, node } = sale);
  });
  afterAll(() => sale.close());
  beforeEach(async () => {
    ({ organizer, workshopId, buyer } = await sale.putOnSale({ capacity: 1 }));
  });

  const isNow = (state: OrderState) => buyer.next(tickets.orderChanged, (changed) => changed.state === state);
  const pays = async (outcome: OutcomeName, state: OrderState): Promise<OrderView> => {
    const order = dataOf(await checkout(buyer, workshopId));
    await press(house, order, outcome);
    return isNow(state);
  };
  const passes = async (minutes: number): Promise<void> => {
    sale.setForward(minutes * 60_000);
    await house.sandbox.catchUp();
  };
  const enter = () => buyer.call(workshops.enter, { workshopId });
  const seats = async () => {
    const { taken, holds } = await Seats.findById(workshopId).orFail().lean();
    return { taken: taken.length, holds: holds.length };
  };
  const books = async (): Promise<[string, number][]> => (await LedgerEntry.find({ workshopId }).sort({ kind: 1, amount: 1 }).lean()).map(({ kind, amount }) => [kind, amount]);
  const notThere = { ok: false, failure: { code: 'workshop.not_found', data: {} } };
  const charged: [string, number][] = [['charge', 1800], ['fee', -82]];

  it('may ask for a proof: without it nothing is paid, with it the seat is the buyer’s', async () => {
    const order = dataOf(await checkout(buyer, workshopId));
    await press(house, order, 'secure');
    await press(house, order, 'fail');
    await webhooksHandled(house);
    expect(dataOf(await buyer.ask(tickets.order, { orderId: order.id }))).toMatchObject({ state: 'open' });
    await press(house, order, 'secure');
    expect(await enter()).toEqual(notThere);
    await press(house, order, 'prove');
    await isNow('paid');
    expect(await enter()).toMatchObject({ ok: true });
    await webhooksHandled(house);
    expect(await books()).toEqual(charged);
  });

  describe('that pays in days', () => {
    it('is waited for: the seat stays held whatever time passes, opens nothing, and is the buyer’s when the money comes', async () => {
      const order = await pays('debit', 'awaiting');
      expect(order).toMatchObject({ state: 'awaiting', checkoutUrl: null, holdUntil: null, paidAt: null });
      expect(await enter()).toEqual(notThere);
      expect(await seats()).toEqual({ taken: 1, holds: 0 });
      const other = await house.guest();
      expect(await checkout(other, workshopId)).toMatchObject({ failure: { code: 'ticket.sold_out' } });
      expect(await checkout(buyer, workshopId)).toMatchObject({ failure: { code: 'ticket.already_yours' } });
      expect(dataOf(await buyer.ask(tickets.abandon, { orderId: order.id }))).toMatchObject({ state: 'awaiting' });
      expect(dataOf(await organizer.ask(tickets.sales, { workshopId }))).toMatchObject([{ orderId: order.id, state: 'awaiting', gross: 0 }]);
      await passes(4);
      await isNow('paid');
      expect(await enter()).toMatchObject({ ok: true });
      await webhooksHandled(house);
      expect(await books()).toEqual(charged);
      expect(await seats()).toEqual({ taken: 1, holds: 0 });
    });

    it('and does not: the seat goes to the next, nothing is taken, and the buyer is written to once', async () => {
      const order = await pays('debit-fails', 'awaiting');
      await passes(4);
      await isNow('failed');
      await webhooksHandled(house);
      expect(await seats()).toEqual({ taken: 0, holds: 0 });
      expect(await books()).toEqual([]);
      expect(await DueLetter.find({ orderId: order.id }).lean()).toMatchObject([{ kind: 'payment_failed' }]);
      await sendDueLetters(house.app.deps, letterWriters);
      await expect.poll(async () => (await DueLetter.findById(`payment_failed:${order.id}`).orFail().lean()).sentAt).not.toBeNull();
      expect(await checkout(await house.guest(), workshopId)).toMatchObject({ ok: true });
    });

    it('and pays only when the workshop has ended: the money goes back once, and the buyer is told why', async () => {
      const order = await pays('debit', 'awaiting');
      dataOf(await organizer.call(workshops.goLive, { workshopId }));
      dataOf(await organizer.call(workshops.end, { workshopId }));
      await passes(4);
      // It is late before the refund is asked for; a bank takes its time from then on.
      await buyer.next(tickets.orderChanged, ({ state, returned }) => state === 'late' && returned === 1800);
      await passes(4);
      await isNow('refunded');
      await webhooksHandled(house);
      await Promise.all([settleDueOrders(house.app.deps), settleDueOrders(node.app.deps)]);
      expect((await buyer.heard(tickets.orderChanged)).map(({ state }) => state)).not.toContain('paid');
      expect(await enter()).toEqual(notThere);
      expect(await books()).toEqual([...charged, ['refund', -1800]]);
      expect(await seats()).toEqual({ taken: 0, holds: 0 });
      const letters = dataOf(await organizer.ask(community.outbox, {})).mails.filter(({ text }) => text.includes(order.id));
      expect(letters.map(({ text }) => text)).toEqual([expect.stringContaining('after the workshop had ended')]);
    });

    it('is not offered where the workshop is near', async () => {
      const near = await publish(house, { startsAt: new Date(house.app.deps.now().getTime() + 9 * 86_400_000).toISOString() });
      const order = dataOf(await checkout(buyer, near.workshop.id));
      await press(house, order, 'debit');
      expect(dataOf(await buyer.ask(tickets.order, { orderId: order.id }))).toMatchObject({ state: 'open' });
      const sessions = await house.app.deps.payments.stripe.checkout.sessions.list({ limit: 1 });
      expect(sessions.data).toMatchObject([{ client_reference_id: order.id, allowed_payment_method_types: ['card'] }]);
    });
  });

  describe('that takes the money back', () => {
    let order: OrderView;
    const stripe = () => house.app.deps.payments.stripe;
    const dispute = async () => {
      const [one] = (await stripe().disputes.list({ limit: 1 })).data;
      return one ?? expect.fail('there is no dispute');
    };
    const decides = async (evidence: 'losing_evidence' | 'winning_evidence') => stripe().disputes.update((await dispute()).id, { evidence: { uncategorized_text: evidence } });
    const isWon = () => buyer.next(tickets.orderChanged, ({ dispute: heard }) => heard?.state === 'won');
    beforeEach(async () => {
      order = await pays('dispute', 'paid');
      dataOf(await enter());
      await passes(2);
      await isNow('disputed');
    });

    it('freezes the right on the other node at once, keeps the seat, and stops new orders', async () => {
      expect(await buyer.next(rights.leftWorkshop)).toEqual({ workshopId, reason: 'disputed' });
      expect(await enter()).toEqual(notThere);
      expect(await buyer.ask(workshops.show, { workshopId })).toMatchObject({ data: { seatsLeft: 0, you: { canEnter: false, ended: { reason: 'disputed' } } } });
      const elsewhere = (await publish(house)).workshop.id;
      expect(await checkout(buyer, elsewhere)).toEqual({ ok: false, failure: { code: 'order.disputed', data: { orderId: order.id } } });
      expect(await checkout(await house.guest(), elsewhere)).toMatchObject({ ok: true });
      await webhooksHandled(house);
      expect(await books()).toEqual([['charge', 1800], ['dispute', -1800], ['fee', -1500], ['fee', -82]]);
      expect(dataOf(await organizer.ask(tickets.sales, { workshopId }))).toMatchObject([{ state: 'disputed', disputed: 1800, fee: 1582, answerBy: expect.any(String) as string }]);
      expect(await organizer.ask(tickets.refund, { orderId: order.id })).toEqual({ ok: false, failure: { code: 'order.wrong_state', data: { state: 'disputed' } } });
      expect(await organizer.ask(refunds.part, { orderId: order.id, clientRefundId: crypto.randomUUID(), amount: 100, keepsSeat: true, reason: '' })).toMatchObject({ failure: { code: 'order.wrong_state' } });
      expect(await seats()).toEqual({ taken: 1, holds: 0 });
    });

    it('and then lets it stand: the right is back, by the same order, and may be refunded', async () => {
      await decides('winning_evidence');
      expect(await isWon()).toMatchObject({ state: 'paid', dispute: { amount: 1800 } });
      expect(await enter()).toMatchObject({ ok: true, data: { you: { why: 'ticket', orderId: order.id, ended: null } } });
      await webhooksHandled(house);
      expect((await buyer.heard(rights.changed)).map(({ change, reason }) => [change, reason])).toEqual([['started', null], ['ended', 'disputed'], ['started', null]]);
      expect(await books()).toEqual([['charge', 1800], ['dispute', -1800], ['dispute', 1800], ['fee', -1500], ['fee', -82]]);
      expect(await checkout(buyer, (await publish(house)).workshop.id)).toMatchObject({ ok: true });
      expect(dataOf(await organizer.ask(tickets.refund, { orderId: order.id }))).toMatchObject({ state: 'refunded' });
    });

    it('lets it stand only when the workshop is over: then nothing opens any more', async () => {
      dataOf(await organizer.call(workshops.goLive, { workshopId }));
      dataOf(await organizer.call(workshops.end, { workshopId }));
      await decides('winning_evidence');
      await isWon();
      expect(await buyer.ask(workshops.show, { workshopId })).toMatchObject({ data: { you: { canEnter: false, ended: { reason: 'disputed' } } } });
    });

    it('for good: the seat is the next one’s, and the books have the fee; hearing it again or late changes nothing', async () => {
      await decides('losing_evidence');
      await isNow('charged_back');
      await webhooksHandled(house);
      expect(await seats()).toEqual({ taken: 0, holds: 0 });
      const { data: events } = await stripe().events.list({ type: 'charge.dispute.*', limit: 4 });
      for (const { id } of events) expect(await house.sandbox.webhooks.redeliver(id)).toBe(200);
      await Promise.all([settleDueOrders(house.app.deps), settleDueOrders(node.app.deps)]);
      expect(await books()).toEqual([['charge', 1800], ['dispute', -1800], ['fee', -1500], ['fee', -82]]);
      expect(dataOf(await buyer.ask(tickets.order, { orderId: order.id }))).toMatchObject({ state: 'charged_back', dispute: { state: 'lost' } });
      expect(await enter()).toEqual(notThere);
      expect(await checkout(buyer, workshopId)).toMatchObject({ ok: true });
    });
  });

  describe('that does not take what goes back', () => {
    const part = (orderId: string, amount: number, keepsSeat: boolean) => organizer.ask(refunds.part, { orderId, clientRefundId: crypto.randomUUID(), amount, keepsSeat, reason: 'The sound was bad' });
    const stuck = async (orderId: string) => dataOf(await organizer.ask(attention.list, {})).items.filter((item) => 'orderId' in item && item.orderId === orderId);
    const asked = async (): Promise<number[]> => (await house.app.deps.payments.stripe.refunds.list({ limit: 3 })).data.filter(({ metadata }) => metadata?.['orderId'] === lastOrder.id).map(({ amount }) => amount);
    let lastOrder: OrderView;

    it('leaves a part to be asked for again, exactly that part, whoever asks at once; the books follow the money', async () => {
      lastOrder = await pays('refund-fails', 'paid');
      const { id: orderId } = lastOrder;
      expect(dataOf(await part(orderId, 500, true))).toMatchObject({ state: 'paid', returned: 500, refunds: [{ state: 'done' }] });
      expect(await stuck(orderId)).toEqual([]);
      await passes(4);
      await buyer.next(tickets.orderChanged, ({ refunds: [first] }) => first?.state === 'failed');
      await webhooksHandled(house);
      expect(await stuck(orderId)).toMatchObject([{ kind: 'refund_stuck', why: 'failed', owed: { amount: 500 }, repairs: [{ kind: 'refund_again', amount: 500 }, { kind: 'ask_again' }] }]);
      expect(await books()).toEqual([...charged, ['refund', -500], ['refund', 500]]);
      for (const reply of await Promise.all([organizer.ask(tickets.refund, { orderId }), organizer.ask(tickets.refund, { orderId })])) expect(dataOf(reply)).toMatchObject({ id: orderId, state: 'paid' });
      expect(await asked()).toEqual([500, 500]);
      expect(await stuck(orderId)).toEqual([]);
      expect(await enter()).toMatchObject({ ok: true });
      // It comes back once more: the next repair is for the same part again.
      await passes(4);
      await buyer.next(tickets.orderChanged, ({ refunds: [, second] }) => second?.state === 'failed');
      await webhooksHandled(house);
      expect(await stuck(orderId)).toHaveLength(1);
      expect(dataOf(await organizer.ask(tickets.refund, { orderId }))).toMatchObject({ state: 'paid', returned: 500 });
      expect(await asked()).toEqual([500, 500, 500]);
    });

    it('or takes its time: the right has ended, and the page says that the money is on its way until it is there', async () => {
      lastOrder = await pays('refund-waits', 'paid');
      expect(dataOf(await part(lastOrder.id, 500, false))).toMatchObject({ state: 'refunding', returned: 500, refundAsks: null, refunds: [{ state: 'accepted' }] });
      expect(await enter()).toEqual(notThere);
      await webhooksHandled(house);
      expect(await books()).toEqual([...charged, ['refund', -500]]);
      await passes(4);
      expect(await isNow('refunded')).toMatchObject({ refunds: [{ state: 'done' }] });
    });

    it('or must first be told where to go: the buyer is asked for it here and by mail, and the organizers see whom it waits for', async () => {
      lastOrder = await pays('pay', 'paid');
      const { id: orderId } = lastOrder;
      const letters = async (): Promise<string[]> => (await DueLetter.find({ orderId, kind: /^refund/ }).sort({ kind: 1 }).lean()).map(({ kind }) => kind);
      house.sandbox.faults.set({ askReceivers: 1 });
      const { refundAsks, ...asking } = dataOf(await part(orderId, 500, false));
      expect(asking).toMatchObject({ state: 'refunding', returned: 500, refunds: [{ state: 'asks_buyer' }] });
      expect(Date.parse(refundAsks?.until ?? '')).toBeGreaterThan(sale.now().getTime());
      expect(await enter()).toEqual(notThere);
      await webhooksHandled(house);
      expect(await stuck(orderId)).toMatchObject([{ kind: 'refund_stuck', why: 'asks_buyer', owed: { amount: 500, currency: 'eur' }, until: refundAsks?.until, repairs: [{ kind: 'ask_again' }] }]);
      await Promise.all([settleDueOrders(house.app.deps), settleDueOrders(node.app.deps)]);
      expect(await letters()).toEqual(['refund_asks']);
      await sendDueLetters(house.app.deps, letterWriters);
      await expect.poll(async () => (await DueLetter.findOne({ orderId, kind: 'refund_asks' }).orFail().lean()).sentAt).not.toBeNull();
      await passes(4);
      expect(await isNow('refunded')).toMatchObject({ refundAsks: null, refunds: [{ state: 'done' }] });
      await webhooksHandled(house);
      expect(await stuck(orderId)).toEqual([]);
      expect(await letters()).toEqual(['refund', 'refund_asks']);
    });
  });

  it('has no case where everything was given back before', async () => {
    const order = await pays('dispute', 'paid');
    dataOf(await organizer.ask(tickets.refund, { orderId: order.id }));
    await passes(2);
    await webhooksHandled(house);
    expect(dataOf(await buyer.ask(tickets.order, { orderId: order.id }))).toMatchObject({ state: 'refunded', dispute: null });
    expect(await books()).toEqual([['charge', 1800], ['fee', -82], ['refund', -1800]]);
  });
});
