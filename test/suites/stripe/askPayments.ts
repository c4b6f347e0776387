/** Money that comes, goes back and is disputed, by test cards and accounts in place of a payment page. */
import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { patience } from './places.js';
import { idOf, ownName, type Visit } from './visit.js';

/** 25.00 EUR, at once. */
const now = { amount: 2500, currency: 'eur', allowed_payment_method_types: ['card'], confirm: true } satisfies Stripe.PaymentIntentCreateParams;

/** Asks a place about money. */
export function askPayments(here: () => Visit): void {
  const pay = (payment_method: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Stripe.PaymentIntent> => here().stripe.paymentIntents.create({ ...now, payment_method, ...more });
  const opened = (id: string): Promise<Stripe.PaymentIntent> => here().stripe.paymentIntents.retrieve(id, { expand: ['latest_charge.balance_transaction', 'customer'] });
  const chargeOf = async (id: string): Promise<Stripe.Charge> => (await opened(id)).latest_charge as Stripe.Charge;
  const refundsOf = async (payment_intent: string): Promise<Stripe.Refund[]> => (await here().stripe.refunds.list({ payment_intent, limit: 100, expand: ['data.failure_balance_transaction'] })).data;

  it('charges a card, tells its fee, and gives back in parts up to the whole, once for each key', async () => {
    const { stripe, heard } = here();
    const orderId = ownName('order');
    const { id, status } = await pay('pm_card_visa', { metadata: { orderId } });
    // Stripe books a charge a moment after it was made.
    await expect.poll(async () => (await chargeOf(id)).balance_transaction, patience).not.toBeNull();
    const charge = await chargeOf(id);
    const booked = charge.balance_transaction as Stripe.BalanceTransaction;
    expect([status, charge.paid, charge.amount, charge.metadata['orderId'], booked.source, booked.reporting_category, booked.net]).toEqual(['succeeded', true, 2500, orderId, charge.id, 'charge', booked.amount - booked.fee]);
    expect(booked.fee).toBeGreaterThan(0);
    await stripe.charges.update(charge.id, { metadata: { seen: 'yes' } });
    await heard('charge.updated', charge.id);

    const key = { idempotencyKey: ownName('refund') };
    const part = await stripe.refunds.create({ payment_intent: id, amount: 1000, reason: 'requested_by_customer', metadata: { orderId } }, key);
    expect(part).toMatchObject({ status: 'succeeded', amount: 1000, payment_intent: id, metadata: { orderId } });
    expect((await stripe.refunds.create({ payment_intent: id, amount: 1000, reason: 'requested_by_customer', metadata: { orderId } }, key)).id).toBe(part.id);
    await expect(stripe.refunds.create({ payment_intent: id, amount: 1501 })).rejects.toMatchObject({ statusCode: 400 });
    const rest = await stripe.refunds.create({ payment_intent: id });
    expect(rest.amount).toBe(1500);
    await expect(stripe.refunds.create({ payment_intent: id, amount: 1 })).rejects.toMatchObject({ statusCode: 400, code: 'charge_already_refunded' });
    expect((await refundsOf(id)).map((refund) => refund.id)).toEqual([rest.id, part.id]);
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 2500, refunded: true });
    await heard('refund.created', rest.id);
    await heard('charge.refunded', charge.id);
  });

  it('books each movement in the balance, of which it is the sum', async () => {
    const { stripe } = here();
    const { latest_charge } = await pay('pm_card_visa');
    const charge = idOf(latest_charge);
    const { id } = await stripe.refunds.create({ charge, amount: 700 });
    const bookingOf = async (source: string): Promise<Stripe.BalanceTransaction[]> => (await stripe.balanceTransactions.list({ source })).data;
    await expect.poll(async () => (await bookingOf(charge)).length, patience).toBe(1);
    expect([...(await bookingOf(charge)), ...(await bookingOf(id))].map(({ type, currency, amount, fee }) => [type, Math.sign(amount), fee >= 0, currency.length])).toEqual([['charge', 1, true, 3], ['refund', -1, true, 3]]);
    expect((await stripe.balance.retrieve()).livemode).toBe(false);
  });

  it('declines a card, and takes another for the same payment', async () => {
    const { stripe } = here();
    const refusal: Stripe.errors.StripeCardError = await pay('pm_card_chargeDeclined').then(() => Promise.reject(new Error('it was paid')), (error: Stripe.errors.StripeCardError) => error);
    expect(refusal).toMatchObject({ statusCode: 402, type: 'StripeCardError', code: 'card_declined', payment_intent: { status: 'requires_payment_method', last_payment_error: { code: 'card_declined' } } });
    const id = refusal.payment_intent?.id ?? '';
    expect(await opened(id)).toMatchObject({ status: 'requires_payment_method', amount_received: 0, latest_charge: { paid: false, status: 'failed', balance_transaction: null } });
    await expect(stripe.refunds.create({ payment_intent: id })).rejects.toMatchObject({ statusCode: 400 });
    expect(await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })).toMatchObject({ status: 'succeeded', amount_received: 2500 });
    await expect(stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })).rejects.toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
  });

  it('waits for the proof of 3-D Secure, charges nothing before it, and can be called off', async () => {
    const { stripe } = here();
    const asked = await pay('pm_card_authenticationRequired');
    expect([asked.status, asked.latest_charge, asked.next_action === null]).toEqual(['requires_action', null, false]);
    await expect(pay('pm_card_authenticationRequired', { off_session: true })).rejects.toMatchObject({ statusCode: 402, code: 'authentication_required', payment_intent: { status: 'requires_payment_method' } });
    expect(await stripe.paymentIntents.cancel(asked.id)).toMatchObject({ status: 'canceled', amount_received: 0 });
    await expect(stripe.paymentIntents.confirm(asked.id, { payment_method: 'pm_card_visa' })).rejects.toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
  });

  it('hears of a bank’s answer later, whether it pays or not', async () => {
    const { later } = here();
    const debit = (account: string): Promise<Stripe.PaymentIntent> => pay(account, { allowed_payment_method_types: ['sepa_debit'], mandate_data: { customer_acceptance: { type: 'offline' } } });
    const [good, bad] = [await debit('pm_successDelayed_at'), await debit('pm_failedDelayed_at')];
    expect([good.status, bad.status]).toEqual(['processing', 'processing']);
    await later();
    await expect.poll(async () => [(await opened(good.id)).status, (await opened(bad.id)).status], patience).toEqual(['succeeded', 'requires_payment_method']);
    expect([(await chargeOf(good.id)).paid, (await chargeOf(bad.id)).paid]).toEqual([true, false]);
  });

  it('gives back by and by where the bank takes its time, and tells where it does not come', async () => {
    const { stripe, later, heard } = here();
    const [slow, broken] = [await pay('pm_card_pendingRefund'), await pay('pm_card_refundFail')];
    const refunds = [await stripe.refunds.create({ payment_intent: slow.id }), await stripe.refunds.create({ payment_intent: broken.id })];
    expect(refunds.map(({ status }) => status)).toEqual(['pending', 'succeeded']);
    await later();
    await expect.poll(async () => [(await refundsOf(slow.id))[0]?.status, (await refundsOf(broken.id))[0]?.status], patience).toEqual(['succeeded', 'failed']);
    const [failed] = await refundsOf(broken.id);
    expect(failed?.failure_balance_transaction).toMatchObject({ object: 'balance_transaction', amount: expect.any(Number) as number });
    await heard('refund.updated', refunds[0]?.id ?? '');
    await heard('refund.failed', refunds[1]?.id ?? '');
  });

  it('has a dispute answered and won: the money comes back, its fee does not', async () => {
    const { stripe, later, heard } = here();
    const { id: payment_intent, latest_charge } = await pay('pm_card_createDispute');
    const charge = idOf(latest_charge);
    await later();
    const disputes = async (of: Stripe.DisputeListParams): Promise<Stripe.Dispute[]> => (await stripe.disputes.list(of)).data;
    await expect.poll(async () => (await disputes({ charge })).length, patience).toBe(1);
    const [dispute] = await disputes({ payment_intent, limit: 100 });
    const id = dispute?.id ?? '';
    expect(dispute).toMatchObject({ charge, amount: 2500, currency: 'eur', status: 'needs_response', reason: 'fraudulent', evidence_details: { due_by: expect.any(Number) as number } });
    await heard('charge.dispute.created', id);
    await heard('charge.dispute.funds_withdrawn', id);
    await expect(stripe.refunds.create({ charge })).rejects.toMatchObject({ statusCode: 400 });
    await stripe.disputes.update(id, { evidence: { uncategorized_text: 'winning_evidence' }, submit: true });
    await heard('charge.dispute.updated', id);
    await heard('charge.dispute.funds_reinstated', id);
    await heard('charge.dispute.closed', id);
    const [closed] = await disputes({ charge });
    const moved = closed?.balance_transactions ?? [];
    expect([closed?.status, moved.reduce((sum, { amount }) => sum + amount, 0), moved.some(({ fee }) => fee > 0)]).toEqual(['won', 0, true]);
  });

  it('lists payments newest first, with what they were for', async () => {
    const { stripe } = here();
    const { id: customer } = await stripe.customers.create({ email: `${ownName('ada')}@example.com` });
    const ids = [(await pay('pm_card_visa', { customer })).id, (await pay('pm_card_visa', { customer })).id];
    const [newest] = (await stripe.paymentIntents.list({ customer, limit: 1 })).data;
    const { data, has_more: hasMore } = await stripe.paymentIntents.list({ customer, limit: 1, starting_after: newest?.id ?? '' });
    expect([newest?.id, data[0]?.id, hasMore]).toEqual([ids[1], ids[0], false]);
    expect((await opened(ids[0] ?? '')).customer).toMatchObject({ id: customer, object: 'customer' });
    await stripe.customers.del(customer);
  });
}
