import type Stripe from 'stripe';
import { AppError } from '../../../shared/failures.js';
import type { RunningMembership } from '../../access/memberships/accessMembership.js';
import type { Deps } from '../../deps.js';
import type { MembershipDocument } from '../../models/memberships/membership.js';

/** What Stripe says of a membership. */
export interface Reading {
  checkout: 'open' | 'complete' | 'expired';
  /** Until when the checkout can be paid. */
  checkoutUntil: Date;
  /** Null until the checkout was completed. */
  subscription: SubscriptionReading | null;
}

export interface SubscriptionReading {
  id: string;
  /** Stripe's id of its one item. */
  itemId: string;
  status: Stripe.Subscription.Status;
  /** Stripe's id of the price that is paid now. */
  priceId: string;
  startedAt: Date;
  periodEnd: Date;
  trialEnd: Date | null;
  /** When it will end by itself. */
  cancelAt: Date | null;
  endedAt: Date | null;
  endedUnpaid: boolean;
  /** The newest invoice; `owed` in minor units, `since` when it was to be paid. */
  invoice: { id: string; status: Stripe.Invoice.Status | null; owed: number; since: Date } | null;
  /** The schedule it follows, and what that has it turn into. */
  scheduleId: string | null;
  coming: { priceId: string; at: Date } | null;
  /** What it can be paid with, what comes first is charged first. */
  cards: { id: string; fingerprint: string | null }[];
}

/**
 * Reads the truth about a membership; null while it has no checkout.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function readSubscription(deps: Deps, { _id, sessionId, subscriptionId }: MembershipDocument): Promise<Reading | null> {
  if (!sessionId) return null;
  if (subscriptionId) return { checkout: 'complete', checkoutUntil: deps.now(), subscription: await readOne(deps, subscriptionId) };
  const session = await deps.askStripe((stripe) => stripe.checkout.sessions.retrieve(sessionId));
  if (session.client_reference_id !== String(_id)) throw new AppError('payment.unavailable');
  const begun = idOf(session.subscription);
  return {
    checkout: checkoutStates.get(session.status ?? '') ?? 'open',
    checkoutUntil: momentOf(session.expires_at),
    subscription: begun ? await readOne(deps, begun) : null,
  };
}

/**
 * Reads the truth about a membership that runs.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export function readRunning(deps: Deps, { subscriptionId }: RunningMembership): Promise<SubscriptionReading> {
  return readOne(deps, subscriptionId);
}

/** https://docs.stripe.com/api/checkout/sessions/object#checkout_session_object-status */
const checkoutStates = new Map<string, Reading['checkout']>([['complete', 'complete'], ['expired', 'expired']]);

const expand = ['latest_invoice', 'schedule', 'default_payment_method', 'customer.invoice_settings.default_payment_method'];

async function readOne(deps: Deps, subscriptionId: string): Promise<SubscriptionReading> {
  const subscription = await deps.askStripe((stripe) => stripe.subscriptions.retrieve(subscriptionId, { expand }));
  const item = subscription.items.data[0];
  if (!item) throw new AppError('payment.unavailable');
  const invoice = opened(subscription.latest_invoice);
  return {
    id: subscription.id,
    itemId: item.id,
    status: subscription.status,
    priceId: item.price.id,
    startedAt: momentOf(subscription.start_date),
    periodEnd: momentOf(item.current_period_end),
    trialEnd: maybe(subscription.trial_end),
    cancelAt: maybe(subscription.cancel_at),
    endedAt: maybe(subscription.ended_at),
    endedUnpaid: subscription.cancellation_details?.reason === 'payment_failed',
    invoice: invoice && { id: invoice.id, status: invoice.status, owed: invoice.amount_remaining, since: momentOf(invoice.status_transitions.finalized_at ?? invoice.created) },
    ...readSchedule(opened(subscription.schedule)),
    cards: readCards(subscription),
  };
}

/** What the schedule has it turn into next: the phase after the current one. */
function readSchedule(schedule: Stripe.SubscriptionSchedule | null): Pick<SubscriptionReading, 'scheduleId' | 'coming'> {
  const end = schedule?.current_phase?.end_date;
  const next = schedule?.phases.find(({ start_date }) => end !== undefined && start_date >= end);
  const priceId = idOf(next?.items[0]?.price);
  return { scheduleId: schedule?.id ?? null, coming: next && priceId ? { priceId, at: momentOf(next.start_date) } : null };
}

function readCards({ default_payment_method: own, customer }: Stripe.Subscription): SubscriptionReading['cards'] {
  const payer = typeof customer === 'string' || customer.deleted ? null : customer;
  const methods = [opened(own), opened(payer?.invoice_settings.default_payment_method)].filter((method) => method !== null);
  return methods.map(({ id, card }) => ({ id, fingerprint: card?.fingerprint ?? null }));
}

/** A reference that was asked to be expanded; null where there is nothing behind it. */
function opened<T>(reference: string | T | null | undefined): T | null {
  return typeof reference === 'string' ? null : (reference ?? null);
}

const idOf = (reference: string | { id: string } | null | undefined): string | null => (typeof reference === 'string' ? reference : (reference?.id ?? null));
const momentOf = (seconds: number): Date => new Date(seconds * 1000);
const maybe = (seconds: number | null): Date | null => (seconds === null ? null : momentOf(seconds));
