/** How payments end otherwise: asked for a proof, in days instead of at once, taken back by a bank, refunds that do not arrive; and that the books agree. */
import type Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutcomeName } from '../../../server/embedded/stripeSandbox/checkout/outcomes.js';
import { openShop, type Shop } from './shop.js';

let shop: Shop;
beforeAll(async () => { shop = await openShop(); });
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.sandbox.webhooks.settled();
  shop.heard.length = 0;
});

const expand = ['payment_intent.latest_charge'];
const look = async (session: Stripe.Checkout.Session) => {
  const { status, payment_status: paid, payment_intent: intent } = await shop.stripe.checkout.sessions.retrieve(session.id, { expand });
  const { status: stands, latest_charge: charge } = intent as Stripe.PaymentIntent;
  return { session: status, paid, intent: stands, charge: charge as Stripe.Charge | null };
};
const chargeOf = async (session: Stripe.Checkout.Session): Promise<string> => (await look(session)).charge?.id ?? '';
/** What was told since the payment, without what every sale begins with. */
const told = async (): Promise<string[]> => {
  await shop.sandbox.webhooks.settled();
  return shop.heardTypes().filter((type) => !/^(product|price)\.|payment_intent.created/.test(type));
};
const passes = async (seconds: number): Promise<void> => {
  shop.clock.ms += seconds * 1000;
  await shop.sandbox.catchUp();
};
const paidWith = async (outcome: OutcomeName): Promise<Stripe.Checkout.Session> => {
  const session = await shop.openSession();
  expect((await shop.click(session, outcome)).headers.get('location')).toContain('/thanks');
  return session;
};

describe('3-D Secure', () => {
  it('charges nothing before the proof, and once with it', async () => {
    const session = await shop.openSession();
    expect((await shop.click(session, 'secure')).headers.get('location')).toBe(`/stripe-sandbox/c/${session.id}`);
    expect(await look(session)).toEqual({ session: 'open', paid: 'unpaid', intent: 'requires_action', charge: null });
    expect(await (await fetch(`${shop.url}/stripe-sandbox/c/${session.id}`)).text()).toContain('Your bank asks whether it is you');
    await Promise.all([shop.click(session, 'prove'), shop.click(session, 'prove')]);
    expect(await look(session)).toMatchObject({ session: 'complete', paid: 'paid', intent: 'succeeded', charge: { paid: true, payment_method_details: { card: { last4: '3220' } } } });
    expect(await told()).toEqual(['payment_intent.requires_action', 'charge.succeeded', 'payment_intent.succeeded', 'checkout.session.completed']);
  });

  it('lets another card be tried where the proof fails', async () => {
    const session = await shop.openSession();
    await shop.click(session, 'secure');
    await shop.click(session, 'fail');
    expect(await look(session)).toEqual({ session: 'open', paid: 'unpaid', intent: 'requires_payment_method', charge: null });
    expect(await (await fetch(`${shop.url}/stripe-sandbox/c/${session.id}`)).text()).toContain('The bank did not get its proof');
    await shop.click(session, 'prove');
    expect(await look(session)).toMatchObject({ session: 'open', charge: null });
    await shop.click(session, 'pay');
    expect(await look(session)).toMatchObject({ session: 'complete', paid: 'paid' });
  });
});

describe('a bank debit', () => {
  it.each([
    ['debit', { session: 'complete', paid: 'paid', intent: 'succeeded', charge: { status: 'succeeded', paid: true } }, ['charge.succeeded', 'payment_intent.succeeded', 'checkout.session.async_payment_succeeded']],
    ['debit-fails', { session: 'complete', paid: 'unpaid', intent: 'requires_payment_method', charge: { status: 'failed', paid: false } }, ['charge.failed', 'payment_intent.payment_failed', 'checkout.session.async_payment_failed']],
  ] as const)('completes the checkout unpaid, and is told of later (%s)', async (outcome, end, events) => {
    const session = await paidWith(outcome);
    expect(await look(session)).toMatchObject({ session: 'complete', paid: 'unpaid', intent: 'processing', charge: { status: 'pending', paid: false, balance_transaction: null } });
    expect(await told()).toEqual(['charge.pending', 'payment_intent.processing', 'checkout.session.completed']);
    await passes(179);
    expect(await look(session)).toMatchObject({ intent: 'processing' });
    await passes(2);
    expect(await look(session)).toMatchObject(end);
    expect((await told()).slice(3)).toEqual(events);
  });

  it('is offered only in a currency and by a session that takes it', async () => {
    const price = (currency: string) => ({ line_items: [{ price_data: { currency, unit_amount: 2500, product_data: { name: 'Ticket' } } }] });
    for (const closed of [await shop.openSession(price('cny')), await shop.openSession({ allowed_payment_method_types: ['card'] })]) {
      expect(await (await fetch(`${shop.url}/stripe-sandbox/c/${closed.id}`)).text()).not.toContain('/debit');
      await shop.click(closed, 'debit');
      expect((await shop.stripe.checkout.sessions.retrieve(closed.id)).status).toBe('open');
    }
    const open = await shop.openSession({ ...price('usd'), allowed_payment_method_types: ['card', 'us_bank_account'] });
    expect(await (await fetch(`${shop.url}/stripe-sandbox/c/${open.id}`)).text()).toContain('/debit');
  });
});

describe('a dispute', () => {
  const disputed = async (): Promise<Stripe.Dispute> => {
    const charge = await chargeOf(await paidWith('dispute'));
    expect((await shop.stripe.disputes.list({ charge })).data).toEqual([]);
    await passes(61);
    const [dispute] = (await shop.stripe.disputes.list({ charge })).data;
    if (!dispute) throw new Error('it was not disputed');
    return dispute;
  };
  const evidence = (text: string) => ({ evidence: { uncategorized_text: text } });

  it('takes the money and a fee; won, it brings back the money alone', async () => {
    const dispute = await disputed();
    expect(dispute).toMatchObject({ status: 'needs_response', reason: 'fraudulent', amount: 2500, balance_transactions: [{ amount: -2500, fee: 1500, net: -4000, type: 'adjustment', reporting_category: 'dispute' }] });
    await expect(shop.stripe.refunds.create({ charge: String(dispute.charge) })).rejects.toMatchObject({ code: 'charge_disputed' });
    expect(await shop.stripe.disputes.update(dispute.id, { ...evidence('a letter'), submit: false })).toMatchObject({ status: 'needs_response', evidence_details: { has_evidence: true, submission_count: 0 } });
    expect(await shop.stripe.disputes.update(dispute.id, evidence('winning_evidence'))).toMatchObject({ status: 'won', balance_transactions: [{ net: -4000 }, { net: 2500, reporting_category: 'dispute_reversal' }] });
    await expect(shop.stripe.disputes.close(dispute.id)).rejects.toMatchObject({ statusCode: 400 });
    expect((await told()).slice(-6)).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn', 'charge.dispute.updated', 'charge.dispute.updated', 'charge.dispute.funds_reinstated', 'charge.dispute.closed']);
    expect(await shop.stripe.refunds.create({ charge: String(dispute.charge) })).toMatchObject({ status: 'succeeded' });
  });

  it('is lost by bad evidence, by giving in, or by silence', async () => {
    expect(await shop.stripe.disputes.update((await disputed()).id, evidence('losing_evidence'))).toMatchObject({ status: 'lost' });
    expect(await shop.stripe.disputes.close((await disputed()).id)).toMatchObject({ status: 'lost' });
    const silent = await disputed();
    await passes(9 * 86_400);
    expect(await shop.stripe.disputes.retrieve(silent.id, { expand: ['charge'] })).toMatchObject({ status: 'lost', evidence_details: { past_due: true }, charge: { disputed: true } });
  });

  it('cannot be opened over what is all given back', async () => {
    const charge = await chargeOf(await paidWith('dispute'));
    await shop.stripe.refunds.create({ charge });
    await passes(61);
    expect((await shop.stripe.disputes.list({ charge })).data).toEqual([]);
  });
});

describe('a refund', () => {
  it('may be on its way for a while', async () => {
    const charge = await chargeOf(await paidWith('refund-waits'));
    const refund = await shop.stripe.refunds.create({ charge, amount: 700 });
    expect(refund).toMatchObject({ status: 'pending', pending_reason: 'processing' });
    await passes(181);
    expect(await shop.stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'succeeded' });
    expect((await told()).slice(-1)).toEqual(['refund.updated']);
  });

  it('may ask its receiver first where it is to go, who answers, or for whom it is called off', async () => {
    const charge = await chargeOf(await paidWith('pay'));
    shop.sandbox.faults.set({ askReceivers: 2 });
    const [first, second] = [await shop.stripe.refunds.create({ charge, amount: 700 }), await shop.stripe.refunds.create({ charge, amount: 800 })];
    expect(first).toMatchObject({ status: 'requires_action', next_action: { type: 'display_details', display_details: { email_sent: { email_sent_to: 'ada@example.com' }, expires_at: first.created + 45 * 86_400 } } });
    expect(await shop.stripe.refunds.cancel(second.id)).toMatchObject({ status: 'canceled', failure_reason: 'merchant_request' });
    await passes(181);
    const answered = await shop.stripe.refunds.retrieve(first.id, { expand: ['charge'] });
    expect(answered).toMatchObject({ status: 'succeeded', charge: { amount_refunded: 700 } });
    expect(answered.next_action).toBeUndefined();
    await expect(shop.stripe.refunds.cancel(first.id)).rejects.toMatchObject({ statusCode: 400 });
    expect(await shop.stripe.refunds.retrieve(second.id)).toMatchObject({ status: 'canceled' });
  });

  it('may come back after it was told to have arrived', async () => {
    const charge = await chargeOf(await paidWith('refund-fails'));
    const refund = await shop.stripe.refunds.create({ charge, amount: 700 });
    expect(refund.status).toBe('succeeded');
    await passes(181);
    expect(await shop.stripe.refunds.retrieve(refund.id, { expand: ['charge', 'failure_balance_transaction'] })).toMatchObject({
      status: 'failed', failure_reason: 'expired_or_canceled_card', failure_balance_transaction: { amount: 700, type: 'refund_failure' }, charge: { amount_refunded: 0 },
    });
    expect((await told()).slice(-2)).toEqual(['refund.updated', 'refund.failed']);
  });
});

describe('the balance', () => {
  it('is the sum of the balance transactions, of each currency for itself, and available two days later', async () => {
    const yen = await shop.openSession({ line_items: [{ price_data: { currency: 'jpy', unit_amount: 1200, product_data: { name: 'Ticket' } } }] });
    await shop.click(yen, 'pay');
    const all = await shop.stripe.balanceTransactions.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
    const sumOf = (currency: string) => all.filter((one) => one.currency === currency).reduce((sum, { net }) => sum + net, 0);
    const sums = (held: Stripe.Balance.Available[]) => new Map(held.map(({ amount, currency }) => [currency, amount]));
    const now = await shop.stripe.balance.retrieve();
    expect(sums(now.pending).get('jpy')).toBe(1135);
    for (const currency of ['eur', 'jpy']) expect((sums(now.available).get(currency) ?? 0) + (sums(now.pending).get(currency) ?? 0)).toBe(sumOf(currency));
    await passes(2 * 86_400);
    expect(await shop.stripe.balance.retrieve()).toMatchObject({ livemode: false, available: [{ currency: 'eur', amount: sumOf('eur') }, { currency: 'jpy', amount: 1135 }], pending: [{ amount: 0 }, { amount: 0 }] });
  });
});
