/** Nodes that die: after every single step of buying, of giving the right, of a refund, and all along a mass refund; and what the house brings to its end. */
import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Grant } from '../../../server/models/grant.js';
import { LedgerEntry } from '../../../server/models/money/ledgerEntry.js';
import { Order } from '../../../server/models/order.js';
import { Seats } from '../../../server/models/seats.js';
import { Workshop } from '../../../server/models/workshop.js';
import { webhookFollowers } from '../../../server/moneyTables.js';
import { compareWithStripe } from '../../../server/tickets/attention/comparing/compareWithStripe.js';
import { runDueCancellations } from '../../../server/tickets/cancelling/runCancellation.js';
import { settleDueOrders } from '../../../server/tickets/ticketTimers.js';
import { tickets, type OrderView } from '../../../shared/contracts/tickets.js';
import { attention } from '../../../shared/contracts/tickets/attention.js';
import { cancelling } from '../../../shared/contracts/tickets/cancelling.js';
import type { Guest } from '../../support/guest.js';
import type { House } from '../../support/house.js';
import { dataOf } from '../workshops/aWorkshop.js';
import { again, crowd, press } from './aSale.js';
import { cutOffAfter } from './cutOff.js';
import { openSale, type Sale } from './openSale.js';

/** More steps than any of these acts has. */
const enough = 26;
/** How many a cancelled workshop has to pay back. */
const inTheCrowd = 300;

const nobody = (): Promise<never> => Promise.reject(new Error('there are as many buyers as that'));

describe('a node that dies', () => {
  let sale: Sale;
  let house: House;
  let organizer: Guest;
  let workshopId: string;
  beforeAll(async () => {
    sale = await openSale({ isAlone: true });
    ({ house } = sale);
    // Nothing is told by Stripe: what is not brought to its end here is found by whoever looks.
    house.sandbox.faults.set({ drop: true });
  });
  afterAll(() => sale.close());
  beforeEach(async () => {
    ({ organizer, workshopId } = await sale.putOnSale({ capacity: inTheCrowd }));
  });

  const stripe = () => house.app.deps.payments.stripe;
  const othersGoOn = async (): Promise<void> => {
    sale.setForward(61_000);
    await settleDueOrders(house.app.deps);
  };
  /** Does an act for each of the buyers with a node that dies after one step, two, three…; the last lives. */
  const dying = async (act: (place: number) => Promise<unknown>): Promise<void> => {
    const cuts: boolean[] = [];
    for (let steps = 0; steps < enough; steps += 1) cuts.push((await cutOffAfter(house, steps, () => act(steps))).wasCut);
    expect([cuts[0], cuts.at(-1)]).toEqual([true, false]);
  };
  const standing = async () => {
    const seats = await Seats.findById(workshopId).orFail().lean();
    const lines = await LedgerEntry.find({ workshopId }).lean();
    const count = (wanted: string): number => lines.filter(({ kind }) => kind === wanted).length;
    return { taken: seats.taken.length, holds: seats.holds.length, rights: await Grant.countDocuments({ ref: workshopId, endsAt: null }), charges: count('charge'), fees: count('fee'), refunds: count('refund') };
  };

  it('at any step of the checkout, of the payment, of a refund: each buyer has paid once, has one seat and one right, and has all back once', { timeout: 120_000 }, async () => {
    const buyers = await crowd([house], enough);
    const names = buyers.map(() => randomUUID());
    const ask = (place: number) => buyers[place]?.ask(tickets.startCheckout, { clientOrderId: names[place] ?? '', product: { kind: 'seat', workshopId } }) ?? nobody();
    await dying(ask);
    // As browsers do: again, under the same name.
    const orders: OrderView[] = [];
    for (const place of buyers.keys()) orders.push(dataOf(await ask(place)));
    expect(await standing()).toMatchObject({ taken: 0, holds: enough });
    expect(new Set((await stripe().checkout.sessions.list({ limit: 100 })).data.filter(({ status }) => status === 'open').map((session) => session.client_reference_id))).toEqual(new Set(orders.map(({ id }) => id)));

    for (const order of orders) await press(house, order, 'pay');
    await dying((place) => buyers[place]?.ask(tickets.order, { orderId: orders[place]?.id ?? '' }) ?? nobody());
    await othersGoOn();
    expect(await compareWithStripe(house.app.deps, webhookFollowers, { byId: null, notAfter: sale.now() })).toMatchObject({ isDone: true });
    expect(await standing()).toEqual({ taken: enough, holds: 0, rights: enough, charges: enough, fees: enough, refunds: 0 });

    await dying((place) => organizer.ask(tickets.refund, { orderId: orders[place]?.id ?? '' }));
    await othersGoOn();
    // Where not even the wish had been written down, it is the organizer's to say again.
    for (const { id } of orders) dataOf(await organizer.ask(tickets.refund, { orderId: id }));
    await othersGoOn();
    expect(await standing()).toEqual({ taken: 0, holds: 0, rights: 0, charges: enough, fees: enough, refunds: enough });
    expect(await Order.countDocuments({ workshopId, state: 'refunded' })).toBe(enough);
    expect((await stripe().refunds.list({ limit: 100 })).data).toHaveLength(enough);
  });

  /** Orders that were paid for at Stripe, as they stand when all is settled. */
  async function sell(count: number): Promise<string[]> {
    const payments: string[] = [];
    const at = sale.now();
    const sellOne = async (): Promise<void> => {
      const [_id, memberId] = [new Types.ObjectId(), new Types.ObjectId()];
      const price = { currency: 'eur', unit_amount: 1800, product_data: { name: 'A seat' } };
      const session = await stripe().checkout.sessions.create({ mode: 'payment', line_items: [{ quantity: 1, price_data: price }], client_reference_id: String(_id), customer_email: 'crowd@example.org', payment_intent_data: { metadata: { orderId: String(_id) } }, success_url: 'http://localhost/' });
      await press(house, { checkoutUrl: session.url }, 'pay');
      const paymentId = String((await stripe().checkout.sessions.retrieve(session.id)).payment_intent);
      payments.push(paymentId);
      await Order.create({ _id, clientOrderId: randomUUID(), memberId, workshopId, workshopTitle: 'Streams', startsAt: at, price: { amount: 1800, currency: 'eur' }, state: 'paid', holdUntil: at, attempt: 1, sessionId: session.id, paymentId, createdAt: at, paidAt: at });
      await Grant.giveOnce(String(memberId), { kind: 'workshop', ref: workshopId }, { kind: 'ticket', id: String(_id) }, at);
      await Seats.take({ workshopId, orderId: String(_id), memberId: String(memberId), pool: 'main', first: null }, at);
    };
    const seller = async (): Promise<void> => {
      while (payments.length + 10 <= count) await sellOne();
    };
    await Promise.all(Array.from({ length: 10 }, seller));
    while (payments.length < count) await sellOne();
    return payments;
  }

  it('again and again while the orders of a cancelled workshop go back, five of them refused: all are settled, none twice, and the ledger agrees', { timeout: 120_000 }, async () => {
    const payments = await sell(inTheCrowd);
    const refused = new Set(payments.filter((_id, place) => place % 60 === 7));
    const { refunds } = stripe();
    const create = refunds.create.bind(refunds);
    const refusing = vi.spyOn(refunds, 'create').mockImplementation((params, options) =>
      refused.has(params?.payment_intent ?? '') ? Promise.reject(new Stripe.errors.StripeInvalidRequestError({ type: 'invalid_request_error', message: 'The charge is in dispute.' })) : create(params, options));
    dataOf(await organizer.ask(cancelling.cancel, { workshopId, reason: 'The host is ill' }));
    const isDone = async () => (await Workshop.findById(workshopId).orFail().lean()).cancellation?.doneAt;
    let deaths = 0;
    for (let steps = 31; !(await isDone()); steps += 17) {
      if ((await cutOffAfter(house, steps, () => runDueCancellations(house.app.deps))).wasCut) deaths += 1;
      // The lease of the one that died runs out.
      sale.setForward(16_000);
    }
    expect(deaths).toBeGreaterThan(3);
    // What the last one that died was at is the orders' timer's.
    await othersGoOn();
    expect(await standing()).toMatchObject({ taken: refused.size, holds: 0, rights: 0, charges: inTheCrowd, refunds: inTheCrowd - refused.size });
    refusing.mockRestore();
    // So many nodes died that the token the organizer signed in with may be too old by now.
    const later = await again(house, organizer);
    expect(dataOf(await later.ask(cancelling.retry, { workshopId }))).toMatchObject({ total: inTheCrowd, refunded: inTheCrowd, stuck: [], returned: { amount: inTheCrowd * 1800 } });
    expect(await standing()).toMatchObject({ taken: 0, holds: 0, rights: 0, charges: inTheCrowd, fees: inTheCrowd, refunds: inTheCrowd });
    const made = await stripe().refunds.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
    const ofThese = made.filter(({ payment_intent: paid }) => payments.includes(String(paid)));
    expect([ofThese.length, new Set(ofThese.map(({ payment_intent: paid }) => paid)).size, new Set(ofThese.map(({ amount }) => amount))]).toEqual([inTheCrowd, inTheCrowd, new Set([1800])]);
    expect(dataOf(await later.ask(attention.list, {})).items).toEqual([]);
  });
});
