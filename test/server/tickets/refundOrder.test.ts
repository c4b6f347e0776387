import { Types } from 'mongoose';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LedgerEntry } from '../../../server/models/money/ledgerEntry.js';
import { cancelOnce } from '../../../server/models/money/cancellations.js';
import { Order } from '../../../server/models/order.js';
import { Seats } from '../../../server/models/seats.js';
import { runDueCancellations } from '../../../server/tickets/cancelling/runCancellation.js';
import { settleDueOrders } from '../../../server/tickets/ticketTimers.js';
import { memberExport } from '../../../shared/contracts/members.js';
import { rights } from '../../../shared/contracts/rights.js';
import { mainKey } from '../../../shared/contracts/selling.js';
import { tickets, type OrderView } from '../../../shared/contracts/tickets.js';
import { attention } from '../../../shared/contracts/tickets/attention.js';
import { cancelling } from '../../../shared/contracts/tickets/cancelling.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import type { House } from '../../support/house.js';
import { dataOf, publish } from '../workshops/aWorkshop.js';
import { buy, checkout, press, webhooksHandled } from './aSale.js';
import { openSale, type Sale } from './openSale.js';

describe('refunding', () => {
  let sale: Sale;
  let house: House;
  let node: House;
  let organizer: Guest;
  let buyer: Guest;
  let order: OrderView;
  let workshopId: string;
  beforeAll(async () => {
    sale = await openSale();
    ({ house, node } = sale);
  });
  afterAll(() => sale.close());
  // The organizer is on one node, the buyer inside the workshop on the other.
  beforeEach(async () => {
    ({ organizer, workshopId, buyer } = await sale.putOnSale({ capacity: 1 }));
    order = await buy(house, buyer, workshopId);
    dataOf(await buyer.call(workshops.enter, { workshopId }));
  });

  const stripe = () => house.app.deps.payments.stripe;
  const refundsAtStripe = async (): Promise<unknown[]> => {
    const { paymentId } = await Order.findById(order.id).orFail().lean();
    return (await stripe().refunds.list({ payment_intent: paymentId ?? '' })).data;
  };
  const entries = async (): Promise<[string, number][]> => (await LedgerEntry.find({ orderId: order.id }).sort({ kind: 1, amount: 1 }).lean()).map(({ kind, amount }) => [kind, amount]);

  it('ends the right at once, on the other node, with the reason', async () => {
    expect(dataOf(await organizer.ask(tickets.refund, { orderId: order.id }))).toMatchObject({ state: 'refunded', refundedAt: expect.any(String) as string });
    await buyer.next(rights.leftWorkshop);
    expect(await buyer.heard(rights.leftWorkshop, house.app.deps)).toEqual([{ workshopId, reason: 'refunded' }]);
    expect((await buyer.heard(rights.changed)).at(-1)).toEqual({ scope: { kind: 'workshop', workshopId }, change: 'ended', reason: 'refunded' });
    expect(await buyer.call(workshops.enter, { workshopId })).toEqual({ ok: false, failure: { code: 'workshop.not_found', data: {} } });
    expect(await buyer.ask(workshops.show, { workshopId })).toMatchObject({ data: { seatsLeft: 1, you: { canEnter: false, ended: { reason: 'refunded' } } } });
    expect(await Seats.findById(workshopId).orFail().lean()).toMatchObject({ taken: [], holds: [] });
    expect(await entries()).toEqual([['charge', 1800], ['fee', -82], ['refund', -1800]]);
    const { orders } = dataOf(await buyer.ask(memberExport.show, {})).chapters;
    expect(orders).toMatchObject([{ refunds: [{ amount: 1800, by: 'organizer', keepsSeat: false, state: 'done' }] }]);
    expect(JSON.stringify(orders)).not.toContain(organizer.id);
    expect(dataOf(await organizer.ask(tickets.sales, { workshopId }))).toMatchObject([{ state: 'refunded', gross: 1800, refunded: 1800, fee: 82 }]);
  });

  it('is done once, however often it is asked and told', async () => {
    const replies = await Promise.all(Array.from({ length: 4 }, () => organizer.ask(tickets.refund, { orderId: order.id })));
    for (const reply of replies) expect(dataOf(reply)).toMatchObject({ id: order.id });
    await webhooksHandled(house);
    expect(await refundsAtStripe()).toHaveLength(1);
    expect(await entries()).toEqual([['charge', 1800], ['fee', -82], ['refund', -1800]]);
    expect((await buyer.heard(rights.changed, house.app.deps)).filter((changed) => changed.change === 'ended')).toHaveLength(1);
    expect(dataOf(await organizer.ask(tickets.refund, { orderId: order.id }))).toMatchObject({ state: 'refunded' });
  });

  it('leaves room to buy again, with a new order and a new right', async () => {
    dataOf(await organizer.ask(tickets.refund, { orderId: order.id }));
    const second = await buy(house, buyer, workshopId);
    expect(second.id).not.toBe(order.id);
    await webhooksHandled(house);
    expect(await buyer.call(workshops.enter, { workshopId })).toMatchObject({ ok: true, data: { you: { why: 'ticket', orderId: second.id, ended: null } } });
  });

  it('follows one made by hand at Stripe, and a partial one only in the books', async () => {
    const { paymentId } = await Order.findById(order.id).orFail().lean();
    await stripe().refunds.create({ payment_intent: paymentId ?? '', amount: 500 });
    await webhooksHandled(house);
    expect(await entries()).toEqual([['charge', 1800], ['fee', -82], ['refund', -500]]);
    expect(dataOf(await buyer.ask(tickets.order, { orderId: order.id }))).toMatchObject({ state: 'paid' });
    expect(await buyer.heard(rights.leftWorkshop, house.app.deps)).toEqual([]);

    await stripe().refunds.create({ payment_intent: paymentId ?? '' });
    await buyer.next(rights.leftWorkshop);
    await webhooksHandled(house);
    expect(await entries()).toEqual([['charge', 1800], ['fee', -82], ['refund', -1300], ['refund', -500]]);
    expect(dataOf(await buyer.ask(tickets.order, { orderId: order.id }))).toMatchObject({ state: 'refunded' });
  });

  it('is found by the timer when the answer was lost in a crash', async () => {
    await webhooksHandled(house);
    house.sandbox.webhooks.pause();
    const { paymentId } = await Order.findById(order.id).orFail().lean();
    // What the verb notes first, and what Stripe then does; the process dies before it hears of it.
    await Order.updateOne({ _id: order.id }, { $set: { nextCheckAt: new Date() } });
    await stripe().refunds.create({ payment_intent: paymentId ?? '' }, { idempotencyKey: `refund:${order.id}` });
    await settleDueOrders(house.app.deps);
    await buyer.next(rights.leftWorkshop);
    expect((await Order.findById(order.id).orFail().lean()).state).toBe('refunded');
    house.sandbox.webhooks.resume();
    await webhooksHandled(house);
    expect(await refundsAtStripe()).toHaveLength(1);
  });

  it('is refused where nothing was paid', async () => {
    dataOf(await organizer.ask(tickets.refund, { orderId: order.id }));
    const other = await house.guest();
    const open = dataOf(await checkout(other, workshopId));
    expect(await organizer.ask(tickets.refund, { orderId: open.id })).toEqual({ ok: false, failure: { code: 'order.wrong_state', data: { state: 'open' } } });
    dataOf(await other.ask(tickets.abandon, { orderId: open.id }));
    expect(await organizer.ask(tickets.refund, { orderId: open.id })).toEqual({ ok: false, failure: { code: 'order.wrong_state', data: { state: 'expired' } } });
  });

  it('takes a free ticket back without Stripe', async () => {
    const free = await publish(house, { price: { amount: 0, currency: 'eur' } });
    const guest = await node.guest();
    const ticket = dataOf(await checkout(guest, free.workshop.id));
    dataOf(await guest.call(workshops.enter, { workshopId: free.workshop.id }));
    expect(dataOf(await organizer.ask(tickets.refund, { orderId: ticket.id }))).toMatchObject({ state: 'refunded' });
    expect(await guest.next(rights.leftWorkshop)).toEqual({ workshopId: free.workshop.id, reason: 'refunded' });
    expect(await LedgerEntry.countDocuments({ orderId: ticket.id })).toBe(0);
  });

  describe('of a cancelled workshop', () => {
    const reason = 'The host is ill';
    const cancel = () => organizer.ask(cancelling.cancel, { workshopId, reason });
    const progress = async () => dataOf(await organizer.ask(cancelling.show, { workshopId }));
    const isDone = async (): Promise<void> => {
      await expect.poll(async () => (await progress()).doneAt).not.toBeNull();
    };

    it('is everybody’s: the right ends at once with the reason, nothing is sold, and what was paid goes back once', async () => {
      await Seats.open(new Types.ObjectId(workshopId), [{ key: mainKey, name: '', capacity: 4 }]);
      const [second, undecided, late] = [await node.guest(), await house.guest(), await house.guest()];
      await buy(house, second, workshopId);
      const [open, paidLate] = [dataOf(await checkout(undecided, workshopId)), dataOf(await checkout(late, workshopId))];
      house.sandbox.webhooks.pause();
      await press(house, paidLate, 'pay');

      expect(dataOf(await cancel())).toMatchObject({ reason, by: { id: organizer.id } });
      expect(await buyer.next(rights.leftWorkshop)).toEqual({ workshopId, reason: 'workshop_cancelled' });
      expect(await buyer.call(workshops.enter, { workshopId })).toEqual({ ok: false, failure: { code: 'workshop.not_found', data: {} } });
      expect(await checkout(await house.guest(), workshopId)).toEqual({ ok: false, failure: { code: 'ticket.sale_closed', data: {} } });
      expect(await second.next(workshops.changed, ({ state }) => state === 'cancelled')).toMatchObject({ id: workshopId, cancelled: { reason } });
      expect(await second.ask(workshops.show, { workshopId })).toMatchObject({ data: { you: { canEnter: false, ended: { reason: 'workshop_cancelled' } } } });
      // Two nodes at once, and the organizer once more.
      await Promise.all([runDueCancellations(house.app.deps), runDueCancellations(node.app.deps), cancel()]);
      await isDone();
      house.sandbox.webhooks.resume();
      await webhooksHandled(house);

      expect(await progress()).toMatchObject({ total: 3, refunded: 3, returning: 0, waiting: 0, stuck: [], returned: { amount: 5400, currency: 'eur' } });
      expect(await refundsAtStripe()).toHaveLength(1);
      expect(await entries()).toEqual([['charge', 1800], ['fee', -82], ['refund', -1800]]);
      expect(await LedgerEntry.countDocuments({ workshopId, kind: 'refund' })).toBe(3);
      expect(dataOf(await undecided.ask(tickets.order, { orderId: open.id }))).toMatchObject({ state: 'expired', checkoutUrl: null });
      expect(dataOf(await late.ask(tickets.order, { orderId: paidLate.id }))).toMatchObject({ state: 'refunded', refunds: [{ reason, by: 'cancellation' }] });
      expect(await Seats.findById(workshopId).orFail().lean()).toMatchObject({ taken: [], holds: [] });
      expect((await stripe().checkout.sessions.list({ limit: 100 })).data.filter((session) => session.client_reference_id === open.id)).toMatchObject([{ status: 'expired' }]);
    });

    it('is brought to its end by another node when the one that began it died at once', async () => {
      // All that was written is that it is cancelled: nobody was told, no right has ended, no refund was noted.
      expect(await cancelOnce(workshopId, { reason, byId: new Types.ObjectId(organizer.id), at: house.app.deps.now() })).toMatchObject({ state: 'cancelled' });
      expect(await buyer.call(workshops.enter, { workshopId })).toMatchObject({ ok: false });
      await isDone();
      expect(await buyer.next(rights.leftWorkshop)).toEqual({ workshopId, reason: 'workshop_cancelled' });
      expect(await progress()).toMatchObject({ total: 1, refunded: 1, waiting: 0 });
      expect(await refundsAtStripe()).toHaveLength(1);
    });

    it('is shown where it is stuck, and goes through when the organizer tries again', async () => {
      const refusal = new Stripe.errors.StripeInvalidRequestError({ type: 'invalid_request_error', message: 'The charge is in dispute.' });
      const spies = [house, node].map(({ app }) => vi.spyOn(app.deps.payments.stripe.refunds, 'create').mockRejectedValue(refusal));
      dataOf(await cancel());
      await isDone();
      expect(await progress()).toMatchObject({ total: 1, refunded: 0, waiting: 0, stuck: [{ orderId: order.id, buyer: { id: buyer.id } }] });
      expect(dataOf(await organizer.ask(cancelling.retry, { workshopId }))).toMatchObject({ stuck: [{ orderId: order.id }] });
      for (const spy of spies) spy.mockRestore();
      expect(dataOf(await organizer.ask(cancelling.retry, { workshopId }))).toMatchObject({ refunded: 1, stuck: [], returned: { amount: 1800 } });
      await webhooksHandled(house);
      expect(await entries()).toEqual([['charge', 1800], ['fee', -82], ['refund', -1800]]);
      expect(dataOf(await organizer.ask(attention.list, {})).items.filter(({ id }) => id === `order:${order.id}`)).toEqual([]);
    });

    it('is not of one that has ended, and has no progress before', async () => {
      expect(await organizer.ask(cancelling.show, { workshopId })).toEqual({ ok: false, failure: { code: 'workshop.wrong_state', data: { state: 'scheduled' } } });
      dataOf(await organizer.call(workshops.goLive, { workshopId }));
      dataOf(await organizer.call(workshops.end, { workshopId }));
      expect(await cancel()).toEqual({ ok: false, failure: { code: 'workshop.wrong_state', data: { state: 'ended' } } });
      expect(await buyer.call(workshops.enter, { workshopId })).toMatchObject({ ok: true });
    });
  });
});
