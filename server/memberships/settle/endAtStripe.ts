import type { Deps } from '../../deps.js';
import type { MembershipDocument } from '../../models/memberships/membership.js';
import type { SubscriptionReading } from './readSubscription.js';

const terminal = new Set(['canceled', 'incomplete_expired']);

/** Whether Stripe, too, has done with a subscription. */
export const isOverAtStripe = (reading: SubscriptionReading | null): boolean => reading === null || terminal.has(reading.status);

/**
 * Takes back what a member owes when their grace is over. What they pay in the same moment is paid: then Stripe refuses, and the
 * membership goes on.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function voidOwed(deps: Deps, { invoice }: SubscriptionReading): Promise<void> {
  const invoiceId = invoice?.id;
  if (invoiceId && invoice.status === 'open') await deps.askStripe((stripe) => stripe.invoices.voidInvoice(invoiceId), 'refused');
}

/**
 * Ends a subscription whose membership has ended here, so that nothing more is charged for it.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function endAtStripe(deps: Deps, { _id, endReason }: MembershipDocument, reading: SubscriptionReading): Promise<void> {
  if (isOverAtStripe(reading)) return;
  deps.log.info({ membershipId: String(_id), endReason }, 'a subscription is ended with its membership');
  await deps.askStripe((stripe) => stripe.subscriptions.cancel(reading.id), 'refused');
}

/**
 * Has what is owed charged to another card than the one that failed, once for each card.
 *
 * @returns whether it was tried.
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function payWithNewCard(deps: Deps, { failedCard }: MembershipDocument, { invoice, cards }: SubscriptionReading): Promise<boolean> {
  const card = cards.find(({ id }) => id !== failedCard);
  const invoiceId = invoice?.id;
  if (!card || !invoiceId || invoice.status !== 'open') return false;
  await deps.askStripe((stripe) => stripe.invoices.pay(invoiceId, { payment_method: card.id }, { idempotencyKey: `pay:${invoiceId}:${card.id}` }), 'refused', 'declined');
  return true;
}
