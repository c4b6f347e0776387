/** What is paid again and again: trials, changes, dues, ends. Time passes by test clocks. */
import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { day, idOf, type Visit } from './visit.js';

const hours = 3600;

/** Asks a place about subscriptions. */
export function askSubscriptions(here: () => Visit): void {
  const look = (id: string, expand: string[] = []): Promise<Stripe.Subscription> => here().stripe.subscriptions.retrieve(id, { expand });
  const itemOf = ({ items }: Stripe.Subscription): Stripe.SubscriptionItem => items.data[0] as Stripe.SubscriptionItem;

  it('is paid at once, by an invoice that leads to its charge', async () => {
    const { stripe, join, small, heard } = here();
    const { customer, subscribe } = await join('pm_card_visa');
    const { id, status } = await subscribe(small);
    expect(status).toBe('active');
    const { data: [invoice] } = await stripe.invoices.list({ subscription: id, status: 'paid', limit: 12, expand: ['data.payments'] });
    expect(invoice).toMatchObject({ amount_paid: 1000, currency: 'eur', parent: { subscription_details: { subscription: id } } });
    const paid = await stripe.paymentIntents.retrieve(idOf(invoice?.payments?.data[0]?.payment.payment_intent), { expand: ['latest_charge'] });
    expect(paid.latest_charge).toMatchObject({ paid: true, amount: 1000, customer });
    await heard('customer.subscription.created', id);
    await heard('invoice.paid', invoice?.id ?? '');
    const all = await stripe.subscriptions.list({ status: 'all', customer, limit: 1 });
    expect([all.data.map((one) => one.id), all.has_more]).toEqual([[id], false]);
  });

  it('costs what the preview of a change said, to the cent, and changes nothing where the card is declined', async () => {
    const { stripe, join, small, large } = here();
    const { customer, giveCard, pass, subscribe } = await join('pm_card_visa');
    const begun = await subscribe(small);
    await pass(11 * day);
    const items = [{ id: itemOf(begun).id, price: large }];
    const change = { items, proration_behavior: 'always_invoice' } as const;
    const preview = await stripe.invoices.createPreview({ customer, subscription: begun.id, subscription_details: change });
    await giveCard('pm_card_chargeCustomerFail');
    await expect(stripe.subscriptions.update(begun.id, { ...change, payment_behavior: 'error_if_incomplete' })).rejects.toMatchObject({ statusCode: 402, code: 'card_declined' });
    expect(itemOf(await look(begun.id)).price.id).toBe(small);
    await giveCard('pm_card_visa');
    const changed = await stripe.subscriptions.update(begun.id, { ...change, payment_behavior: 'error_if_incomplete' });
    const invoice = await stripe.invoices.retrieve(idOf(changed.latest_invoice));
    expect([invoice.total, invoice.amount_paid, invoice.lines.data.map(({ amount }) => amount)]).toEqual([preview.total, preview.amount_due, preview.lines.data.map(({ amount }) => amount)]);
    expect([invoice.total > 0, itemOf(changed).price.id]).toEqual([true, large]);
  });

  it('lets a downgrade wait for the period’s end, and forgets it where it is let go of', async () => {
    const { stripe, join, small, large, heard } = here();
    const { pass, subscribe } = await join('pm_card_visa');
    const begun = await subscribe(large);
    const { current_period_start: start_date, current_period_end: end_date } = itemOf(begun);
    const phases: Stripe.SubscriptionScheduleUpdateParams.Phase[] = [{ items: [{ price: large, quantity: 1 }], start_date, end_date }, { items: [{ price: small, quantity: 1 }], proration_behavior: 'none', duration: { interval: 'month', interval_count: 1 } }];
    const plan = async (): Promise<string> => {
      const { id } = await stripe.subscriptionSchedules.create({ from_subscription: begun.id });
      await stripe.subscriptionSchedules.update(id, { end_behavior: 'release', phases });
      return id;
    };
    const first = await plan();
    expect(idOf((await look(begun.id)).schedule)).toBe(first);
    expect(await stripe.subscriptionSchedules.release(first)).toMatchObject({ status: 'released' });
    expect((await look(begun.id)).schedule).toBeNull();
    await plan();
    await pass(end_date - start_date - day);
    expect(itemOf(await look(begun.id)).price.id).toBe(large);
    await pass(day + 2 * hours);
    expect(itemOf(await look(begun.id)).price.id).toBe(small);
    await heard('customer.subscription.updated', begun.id);
  });

  it('begins a trial for nothing, tells before it ends, goes on as paid, and ends when that was said', async () => {
    const { stripe, join, small, heard } = here();
    const { pass, subscribe } = await join('pm_card_visa');
    const { id, status, latest_invoice } = await subscribe(small, { trial_period_days: 7 });
    expect([status, (await stripe.invoices.retrieve(idOf(latest_invoice))).amount_paid]).toEqual(['trialing', 0]);
    await pass(5 * day);
    await heard('customer.subscription.trial_will_end', id);
    await pass(2 * day + 2 * hours);
    expect((await look(id)).status).toBe('active');
    expect(await stripe.subscriptions.update(id, { cancel_at_period_end: true })).toMatchObject({ status: 'active', cancel_at_period_end: true });
    expect(await stripe.subscriptions.update(id, { cancel_at_period_end: false })).toMatchObject({ status: 'active', cancel_at_period_end: false, cancel_at: null });
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await pass(32 * day);
    expect((await look(id)).status).toBe('canceled');
    await heard('customer.subscription.deleted', id);
  });

  it('is late when a card fails, and active again with another', async () => {
    const { stripe, join, small, large, heard } = here();
    const { customer, giveCard, pass, subscribe } = await join('pm_card_visa');
    const { id } = await subscribe(small);
    await giveCard('pm_card_chargeCustomerFail');
    await expect(subscribe(large, { payment_behavior: 'error_if_incomplete' })).rejects.toMatchObject({ statusCode: 402, code: 'card_declined' });
    await pass(32 * day);
    const late = await look(id, ['latest_invoice', 'customer.invoice_settings.default_payment_method']);
    const invoice = late.latest_invoice as Stripe.Invoice;
    expect([late.status, invoice.status, invoice.amount_remaining]).toEqual(['past_due', 'open', 1000]);
    await heard('invoice.payment_failed', invoice.id);
    const { id: card } = await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
    expect(await stripe.invoices.pay(invoice.id, { payment_method: card })).toMatchObject({ status: 'paid', amount_remaining: 0 });
    await expect(stripe.invoices.pay(invoice.id)).rejects.toMatchObject({ statusCode: 400 });
    expect((await look(id)).status).toBe('active');
  });

  it('owes nothing any more once its invoice is void, and ends at a word', async () => {
    const { stripe, join, small, heard } = here();
    const { giveCard, pass, subscribe } = await join('pm_card_visa');
    const { id } = await subscribe(small);
    await giveCard('pm_card_chargeCustomerFail');
    await pass(32 * day);
    const owed = idOf((await look(id)).latest_invoice);
    expect(await stripe.invoices.voidInvoice(owed)).toMatchObject({ status: 'void' });
    await heard('invoice.voided', owed);
    await expect(stripe.invoices.pay(owed)).rejects.toMatchObject({ statusCode: 400 });
    expect(await stripe.subscriptions.cancel(id)).toMatchObject({ status: 'canceled' });
    await expect(stripe.subscriptions.cancel(id)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('pauses a trial that ends without a card, and goes on when there is one', async () => {
    const { stripe, join, small, heard } = here();
    const { giveCard, pass, subscribe } = await join(null);
    const { id } = await subscribe(small, { trial_period_days: 3, trial_settings: { end_behavior: { missing_payment_method: 'pause' } } });
    await pass(3 * day + 2 * hours);
    expect((await look(id)).status).toBe('paused');
    await heard('customer.subscription.paused', id);
    await giveCard('pm_card_visa');
    await stripe.subscriptions.resume(id);
    await heard('customer.subscription.resumed', id);
    expect((await look(id)).status).toBe('active');
  });
}
