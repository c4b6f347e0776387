import type Stripe from 'stripe';
import type { Deps } from '../../deps.js';
import { DueLetter } from '../../models/letters/dueLetter.js';
import { Membership, type MembershipDocument } from '../../models/memberships/membership.js';
import { Tier } from '../../models/tier.js';
import { bookLines, type MoneyLine } from './bookLines.js';
import { readMoneyBack } from './readMoneyBack.js';
import type { SubscriptionReading } from './readSubscription.js';

/** Of so many invoices, the newest, it is looked whether they stand in the ledger; and of so many, whether money went back. */
const looked = 12;
const lookedForMoneyBack = 3;

/**
 * Writes what was paid for a membership into the ledger, and what went back, each thing once by Stripe's own id; and notes the receipt.
 *
 * @returns whether all of it stands there: a fee may be told later than its charge.
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function recordInvoices(deps: Deps, membership: MembershipDocument, { id: subscription }: SubscriptionReading): Promise<boolean> {
  const paid = await deps.askStripe((stripe) => stripe.invoices.list({ subscription, status: 'paid', limit: looked, expand: ['data.payments'] }));
  const known = new Set(membership.booked.map(({ invoiceId }) => invoiceId));
  const fresh = paid.data.filter(({ id }) => !known.has(id));
  const done = await Promise.all(fresh.map((invoice) => recordInvoice(deps, membership, invoice)));
  const payments = membership.booked.flatMap(({ paymentId }) => paymentId ?? []);
  await Promise.all(payments.slice(-lookedForMoneyBack).map((paymentId) => recordMoneyBack(deps, membership, paymentId)));
  return !done.includes(false);
}

/** Whether the invoice, with its fee, stands in the ledger. */
async function recordInvoice(deps: Deps, membership: MembershipDocument, invoice: Stripe.Invoice): Promise<boolean> {
  const paymentId = paymentOf(invoice);
  if (!paymentId) {
    await Membership.noteBooked(membership._id, { invoiceId: invoice.id, paymentId: null });
    return true;
  }
  const intent = await deps.askStripe((stripe) => stripe.paymentIntents.retrieve(paymentId, { expand: ['latest_charge.balance_transaction'] }));
  const charge = opened(intent.latest_charge);
  if (!charge?.paid) return false;
  const at = new Date(charge.created * 1000);
  const fee = opened(charge.balance_transaction);
  const lines: MoneyLine[] = [{ kind: 'charge', source: `charge:${charge.id}`, amount: charge.amount, currency: charge.currency, occurredAt: at }];
  if (fee && fee.fee !== 0) lines.push({ kind: 'fee', source: `fee:${fee.id}`, amount: -fee.fee, currency: fee.currency, occurredAt: at });
  await bookLines(deps, await tierNameOf(membership), lines);
  await planReceipt(deps, membership, invoice, charge);
  if (!fee) return false;
  await Membership.noteBooked(membership._id, { invoiceId: invoice.id, paymentId });
  return true;
}

/**
 * Writes what went back of a payment, or was taken back by a bank. It ends no membership: that is another thing to ask for.
 *
 * @returns whether there was news.
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function recordMoneyBack(deps: Deps, membership: MembershipDocument, paymentId: string): Promise<boolean> {
  const lines = await readMoneyBack(deps, paymentId);
  return lines.length > 0 && bookLines(deps, await tierNameOf(membership), lines);
}

async function planReceipt(deps: Deps, { _id, memberId }: MembershipDocument, invoice: Stripe.Invoice, { amount, currency }: Stripe.Charge): Promise<void> {
  await DueLetter.plan([{ _id: `membership_paid:${invoice.id}`, kind: 'membership_paid', memberId, membershipId: _id, paid: { amount, currency }, dueAt: deps.now() }]);
}

async function tierNameOf({ plan }: MembershipDocument): Promise<string> {
  const tier = await Tier.findOne({ key: plan.tierKey }).lean();
  return tier?.name ?? plan.tierKey;
}

/** The payment intent that paid an invoice; null where nothing was to be paid. */
function paymentOf({ payments }: Stripe.Invoice): string | null {
  const paid = payments?.data.find(({ status }) => status === 'paid')?.payment.payment_intent;
  return typeof paid === 'string' ? paid : (paid?.id ?? null);
}

/** A reference that was asked to be expanded; null where there is nothing behind it. */
function opened<T>(reference: string | T | null | undefined): T | null {
  return typeof reference === 'string' ? null : (reference ?? null);
}
