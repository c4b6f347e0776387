/** Money and rights that do not agree: what a comparison with Stripe mends, what it puts before a person, and what one click does about it; on two nodes. */
import { Types } from 'mongoose';
import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Grant } from '../../../server/models/grant.js';
import { Comparison } from '../../../server/models/money/comparison.js';
import { LedgerEntry } from '../../../server/models/money/ledgerEntry.js';
import { WebhookEvent } from '../../../server/models/money/webhookEvent.js';
import { Order } from '../../../server/models/order.js';
import { Seats } from '../../../server/models/seats.js';
import { webhookFollowers } from '../../../server/moneyTables.js';
import { compareWithStripe } from '../../../server/tickets/attention/comparing/compareWithStripe.js';
import { handleDueWebhooks } from '../../../server/tickets/ticketTimers.js';
import { ledger } from '../../../shared/contracts/money/ledger.js';
import { rights } from '../../../shared/contracts/rights.js';
import { tickets, type OrderView } from '../../../shared/contracts/tickets.js';
import { attention, type AttentionItem, type ComparisonView, type Repair } from '../../../shared/contracts/tickets/attention.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import type { House } from '../../support/house.js';
import { dataOf } from '../workshops/aWorkshop.js';
import { buy, checkout, press, webhooksHandled } from './aSale.js';
import { openSale, type Sale } from './openSale.js';

describe('a comparison with Stripe', () => {
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
    ({ organizer, workshopId, buyer } = await sale.putOnSale());
  });
  afterEach(() => house.sandbox.webhooks.resume());

  const stripe = () => house.app.deps.payments.stripe;
  const compare = async (): Promise<ComparisonView> => dataOf(await organizer.ask(attention.compare, {})) ?? expect.fail('nothing was compared');
  const itemOf = async (id: string): Promise<AttentionItem | undefined> => dataOf(await organizer.ask(attention.list, {})).items.find((item) => item.id === id);
  /** Two organizers press at once, on two nodes, and then one again. */
  const pressed = async (itemId: string, repair: Repair) => {
    const second = await node.guest({ role: 'organizer' });
    const replies = await Promise.all([organizer, second].map((presser) => presser.ask(attention.repair, { itemId, repair })));
    return [...replies, await organizer.ask(attention.repair, { itemId, repair })].map((reply) => dataOf(reply).left);
  };
  const allMended = [null, null, null];
  const enter = () => buyer.call(workshops.enter, { workshopId });
  const books = async (orderId: string) => (await LedgerEntry.find({ orderId }).sort({ kind: 1 }).lean()).map(({ kind, amount }) => [kind, amount]);
  const bought = async (): Promise<OrderView> => {
    const order = await buy(house, buyer, workshopId);
    await webhooksHandled(house);
    return order;
  };

  it('mends what lost webhooks have left behind, and says how much; the next finds all agreed', async () => {
    await compare();
    // Stripe's events of one second are told apart by nothing: what is compared twice agrees.
    house.sandbox.webhooks.pause();
    const order = dataOf(await checkout(buyer, workshopId));
    await press(house, order, 'pay');
    expect(await enter()).toMatchObject({ ok: false });
    expect(await compare()).toMatchObject({ state: 'done', mended: 1, by: { id: organizer.id } });
    expect(await buyer.next(tickets.orderChanged, ({ state }) => state === 'paid')).toMatchObject({ id: order.id });
    expect(await enter()).toMatchObject({ ok: true });
    expect(await books(order.id)).toEqual([['charge', 1800], ['fee', -82]]);
    expect(await compare()).toMatchObject({ state: 'done', mended: 0 });
    // By hand at Stripe, and nobody told.
    await stripe().refunds.create({ payment_intent: (await Order.findById(order.id).orFail().lean()).paymentId ?? '' });
    expect(await compare()).toMatchObject({ mended: 1 });
    expect(await buyer.next(rights.leftWorkshop)).toEqual({ workshopId, reason: 'refunded' });
    expect(await books(order.id)).toEqual([['charge', 1800], ['fee', -82], ['refund', -1800]]);
    expect(await itemOf(`order:${order.id}`)).toBeUndefined();
  });

  it('is made once by two nodes, again after an hour, from where the last came to its end', async () => {
    const { deps } = house.app;
    const both = async (ageMs: number) => {
      const asked = { byId: null, notAfter: new Date(deps.now().getTime() - ageMs) };
      return (await Promise.all([deps, node.app.deps].map((on) => compareWithStripe(on, webhookFollowers, asked)))).filter((made) => made !== null);
    };
    await compare();
    expect(await both(3_600_000)).toEqual([]);
    sale.setForward(3_600_000);
    const [made, ...more] = await both(3_600_000);
    expect([made, more]).toMatchObject([{ isDone: true, byId: null }, []]);
    // One that was killed in the middle: its lease runs out, and what it had begun is begun anew.
    await Comparison.create({ _id: (made?._id ?? 0) + 1, begunAt: deps.now(), leaseUntil: new Date(deps.now().getTime() + 60_000) });
    expect(await both(3_600_000)).toEqual([]);
    expect(await Comparison.comparedUpTo()).toEqual(made?.begunAt);
    sale.setForward(61_000);
    expect(await both(3_600_000)).toHaveLength(1);
    expect(await Comparison.countDocuments({ isDone: false, endedAt: null })).toBe(1);
  });

  it('is cut off where Stripe does not answer, changes nothing, and is made again from where it began', async () => {
    await compare();
    const before = await Comparison.comparedUpTo();
    const { payments } = house.app.deps;
    const real = payments.stripe;
    // Nothing listens on this port.
    payments.stripe = new Stripe('sk_test_away', { host: '127.0.0.1', port: 1, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
    try {
      expect(await compare()).toMatchObject({ state: 'failed' });
    } finally {
      payments.stripe = real;
    }
    expect(await Comparison.comparedUpTo()).toEqual(before);
    expect(await compare()).toMatchObject({ state: 'done' });
  });

  it('shows money of which the books know nothing: it goes back once, or is set aside for good', async () => {
    const foreign = async (): Promise<string> => {
      const price = { currency: 'jpy', unit_amount: 1200, product_data: { name: 'A shirt' } };
      const session = await stripe().checkout.sessions.create({ mode: 'payment', line_items: [{ quantity: 1, price_data: price }], customer_email: 'fan@example.org', success_url: 'http://localhost/', cancel_url: 'http://localhost/' });
      await press(house, { checkoutUrl: session.url }, 'pay');
      return String((await stripe().checkout.sessions.retrieve(session.id)).payment_intent);
    };
    const [paid, notOurs] = [await foreign(), await foreign()];
    // Without a checkout, nothing that anybody follows is told of it.
    const bare = await stripe().paymentIntents.create({ amount: 900, currency: 'jpy', allowed_payment_method_types: ['card'], payment_method: 'pm_card_visa', confirm: true });
    await house.sandbox.webhooks.settled();
    // Its webhook may be early; it is kept, and shown when it gets old.
    await expect.poll(() => WebhookEvent.countDocuments({ paymentId: paid, nextTryAt: { $ne: null }, failures: { $gt: 0 } })).toBeGreaterThan(0);
    sale.setForward(6 * 60_000);
    expect(dataOf(await organizer.ask(attention.list, {})).items).toContainEqual(expect.objectContaining({ kind: 'webhook_stuck', person: null, repairs: [{ kind: 'ask_again' }, { kind: 'set_aside' }] }));
    await compare();
    const back: Repair = { kind: 'give_back', amount: 1200, currency: 'jpy' };
    expect(await itemOf(`payment:${paid}`)).toMatchObject({ kind: 'unknown_payment', amount: { amount: 1200, currency: 'jpy' }, email: 'fan@example.org', repairs: [{ kind: 'set_aside' }, back] });
    expect(await pressed(`payment:${paid}`, back)).toEqual(allMended);
    expect((await stripe().refunds.list({ payment_intent: paid })).data).toMatchObject([{ amount: 1200 }]);
    expect(await pressed(`payment:${notOurs}`, { kind: 'set_aside' })).toEqual(allMended);
    sale.setForward(60_000);
    await handleDueWebhooks(house.app.deps, webhookFollowers);
    await compare();
    expect((await stripe().refunds.list({ payment_intent: notOurs })).data).toEqual([]);
    expect(await itemOf(`payment:${bare.id}`)).toMatchObject({ kind: 'unknown_payment', amount: { amount: 900 } });
    expect(await pressed(`payment:${bare.id}`, { kind: 'set_aside' })).toEqual(allMended);
    // To the cent what Stripe has of it: nothing else was sold in yen. What went back has left its fee behind.
    const { pending } = await stripe().balance.retrieve();
    const inYen = pending.filter(({ currency }) => currency === 'jpy').map(({ amount }) => ({ currency: 'jpy', amount }));
    expect(inYen).toEqual([{ currency: 'jpy', amount: 1200 + 900 - 2 * 65 - 56 }]);
    expect(dataOf(await organizer.ask(ledger.books, {}))).toMatchObject({ besides: inYen });
    expect(dataOf(await organizer.ask(attention.list, {})).items.filter(({ kind }) => kind === 'unknown_payment' || kind === 'webhook_stuck')).toEqual([]);
  });

  it('shows a subscription that is no membership, and ends it', async () => {
    const customer = await stripe().customers.create({ email: 'fan@example.org' });
    const recurring = { currency: 'usd', unit_amount: 700, recurring: { interval: 'month' as const }, product_data: { name: 'A box' } };
    const session = await stripe().checkout.sessions.create({ mode: 'subscription', customer: customer.id, line_items: [{ quantity: 1, price_data: recurring }], success_url: 'http://localhost/' });
    await press(house, { checkoutUrl: session.url }, 'pay');
    const subscription = String((await stripe().checkout.sessions.retrieve(session.id)).subscription);
    await compare();
    expect(await itemOf(`subscription:${subscription}`)).toMatchObject({ kind: 'unknown_subscription', price: { amount: 700, currency: 'usd' }, email: 'fan@example.org' });
    expect(await pressed(`subscription:${subscription}`, { kind: 'end_subscription' })).toEqual(allMended);
    expect((await stripe().subscriptions.retrieve(subscription)).status).toBe('canceled');
    // Whose its webhooks are is known by now.
    await house.sandbox.webhooks.settled();
    sale.setForward(3_600_000);
    await handleDueWebhooks(house.app.deps, webhookFollowers);
    expect(await WebhookEvent.countDocuments({ nextTryAt: { $ne: null } })).toBe(0);
  });

  it('shows a right that nothing was paid for, and ends it on every node; a gift is none', async () => {
    const gifted = await house.guest();
    await Grant.giveOnce(gifted.id, { kind: 'workshop', ref: workshopId }, { kind: 'gift', id: gifted.id }, house.app.deps.now());
    await Grant.giveOnce(buyer.id, { kind: 'workshop', ref: workshopId }, { kind: 'ticket', id: String(new Types.ObjectId()) }, house.app.deps.now());
    expect(await enter()).toMatchObject({ ok: true });
    await compare();
    const found = dataOf(await organizer.ask(attention.list, {})).items.filter((item) => item.kind === 'right_without_money');
    expect(found).toMatchObject([{ person: { id: buyer.id }, right: { kind: 'workshop' }, repairs: [{ kind: 'end_right' }, { kind: 'ask_again' }] }]);
    const id = found[0]?.id ?? '';
    expect(dataOf(await organizer.ask(attention.repair, { itemId: id, repair: { kind: 'ask_again' } }))).toEqual({ left: found[0] });
    expect(await pressed(id, { kind: 'end_right' })).toEqual(allMended);
    expect(await buyer.next(rights.leftWorkshop)).toEqual({ workshopId, reason: 'withdrawn' });
    expect((await buyer.heard(rights.changed)).filter(({ change }) => change === 'ended')).toHaveLength(1);
    expect(await enter()).toMatchObject({ ok: false });
    expect(await gifted.call(workshops.enter, { workshopId })).toMatchObject({ ok: true });
  });

  it('ends a ticket that says it is paid and is not; its seat is free', async () => {
    const order = dataOf(await checkout(buyer, workshopId));
    await Order.updateOne({ _id: order.id }, { $set: { state: 'paid', paidAt: new Date() } });
    await compare();
    const item = dataOf(await organizer.ask(attention.list, {})).items.find(({ kind }) => kind === 'seats_disagree');
    expect(item).toMatchObject({ workshopId, taken: 0, valid: 1 });
    await compare();
    const [right] = dataOf(await organizer.ask(attention.list, {})).items.filter((one) => one.kind === 'right_without_money');
    expect(right).toMatchObject({ person: { id: buyer.id } });
    expect(await pressed(right?.id ?? '', { kind: 'end_right' })).toEqual(allMended);
    expect(await buyer.next(tickets.orderChanged, ({ state }) => state === 'failed')).toMatchObject({ id: order.id });
    await compare();
    expect(await itemOf(item?.id ?? '')).toBeUndefined();
    expect(dataOf(await organizer.ask(workshops.show, { workshopId })).seatsLeft).toBe(3);
  });

  it('gives a paid ticket its right back by itself; one that was taken away is put before a person', async () => {
    const order = await bought();
    await Grant.deleteOne({ 'source.id': order.id });
    expect(await compare()).toMatchObject({ state: 'done' });
    expect(await enter()).toMatchObject({ ok: true });
    await Grant.updateOne({ 'source.id': order.id }, { $set: { endsAt: house.app.deps.now(), endReason: 'withdrawn' } });
    await compare();
    const back: Repair = { kind: 'give_back', amount: 1718, currency: 'eur' };
    expect(await itemOf(`order:${order.id}`)).toMatchObject({ kind: 'paid_without_right', paid: { amount: 1800 } });
    expect(await organizer.ask(attention.repair, { itemId: `order:${order.id}`, repair: back })).toMatchObject({ failure: { code: 'attention.changed' } });
    expect(await pressed(`order:${order.id}`, { ...back, amount: 1800 })).toEqual(allMended);
    expect(await books(order.id)).toEqual([['charge', 1800], ['fee', -82], ['refund', -1800]]);
  });

  it('shows seats that are nobody’s, and lets them go', async () => {
    await bought();
    const claim = { orderId: new Types.ObjectId(), memberId: new Types.ObjectId(), pool: 'main' };
    await Seats.updateOne({ _id: workshopId }, { $push: { taken: claim } });
    await compare();
    expect(await itemOf(`seats:${workshopId}`)).toMatchObject({ kind: 'seats_disagree', taken: 2, valid: 1 });
    expect(await pressed(`seats:${workshopId}`, { kind: 'align_seats' })).toEqual(allMended);
    expect((await Seats.findById(workshopId).orFail().lean()).taken).toHaveLength(1);
  });
});
