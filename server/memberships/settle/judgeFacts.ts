import { factsOf, type MembershipDocument, type MembershipFacts, type StoredPlan } from '../../models/memberships/membership.js';
import type { Reading, SubscriptionReading } from './readSubscription.js';

/** What else the judgement goes by. */
export interface Judging {
  now: Date;
  graceDays: number;
  /** The plan that is now paid for, and the one it turns into; null where Stripe charges a price that is none of ours. */
  plan: StoredPlan | null;
  comingPlan: StoredPlan | null;
  /** Whether the free trial is theirs to have. */
  isTrialTheirs: boolean;
}

const dayMs = 86_400_000;

/** What a membership is by what Stripe says: a pure judgement, which asks nobody. `before` is what it was. */
export function judgeFacts(before: MembershipDocument, reading: Reading | null, judging: Judging): MembershipFacts {
  const standing = factsOf(before);
  const { subscription } = reading ?? { subscription: null };
  if (subscription) return judgeSubscription(standing, subscription, judging);
  const isOver = reading ? reading.checkout === 'expired' : before.checkoutUntil <= judging.now;
  return isOver ? end(standing, 'not_completed', judging.now) : standing;
}

function judgeSubscription(before: MembershipFacts, reading: SubscriptionReading, judging: Judging): MembershipFacts {
  const { now } = judging;
  // At the end of the grace the invoice is voided before the subscription is ended: Stripe may call it active in between.
  if (isGivenUp(before, reading, now)) return end(before, 'payment_failed', before.graceUntil ?? now);
  const facts = { ...before, ...runningFacts(before, reading, judging) };
  switch (reading.status) {
    case 'incomplete':
      return before;
    case 'incomplete_expired':
      return end(before, 'not_completed', reading.endedAt ?? now);
    case 'trialing':
      return judging.isTrialTheirs ? { ...facts, state: 'trialing' } : end(facts, 'trial_used', now);
    case 'active':
      return { ...facts, state: 'active' };
    case 'past_due':
      return { ...facts, ...pastDueFacts(before, reading, judging), state: 'past_due' };
    default:
      // canceled, unpaid, paused, and whatever Stripe may come to say: nothing is open, and nothing more is to be charged.
      return end(before, isUnpaid(before, reading) ? 'payment_failed' : 'cancelled', reading.endedAt ?? now);
  }
}

function isGivenUp({ state, graceUntil }: MembershipFacts, { status, invoice }: SubscriptionReading, now: Date): boolean {
  const isRunning = status === 'active' || status === 'past_due';
  return isRunning && state === 'past_due' && graceUntil !== null && graceUntil <= now && invoice?.status === 'void';
}

const isUnpaid = ({ state }: MembershipFacts, { status, endedUnpaid }: SubscriptionReading): boolean => state === 'past_due' || status === 'unpaid' || endedUnpaid;

/** What a running subscription says besides its state. */
function runningFacts(before: MembershipFacts, reading: SubscriptionReading, { now, plan, comingPlan }: Judging): Partial<MembershipFacts> {
  const paid = plan ?? before.plan;
  const began = before.tierSince ?? reading.startedAt;
  const cameAt = before.coming?.plan.tierKey === paid.tierKey ? before.coming.at : now;
  return {
    plan: paid,
    tierSince: paid.tierKey === before.plan.tierKey ? began : cameAt,
    subscriptionId: reading.id,
    startedAt: reading.startedAt,
    periodEnd: reading.periodEnd,
    trialEnd: reading.trialEnd,
    cancelAt: reading.cancelAt,
    coming: reading.coming && comingPlan ? { plan: comingPlan, at: reading.coming.at } : null,
    graceUntil: null,
    owed: 0,
    failedCard: null,
  };
}

/** The grace begins when the invoice was to be paid, and is not begun anew by another one that fails in it. */
function pastDueFacts(before: MembershipFacts, { invoice, cards }: SubscriptionReading, { now, graceDays }: Judging): Pick<MembershipFacts, 'graceUntil' | 'owed' | 'failedCard'> {
  const fresh = { graceUntil: new Date((invoice?.since ?? now).getTime() + graceDays * dayMs), failedCard: cards[0]?.id ?? null };
  const { graceUntil, failedCard } = before.state === 'past_due' ? before : fresh;
  return { graceUntil, failedCard, owed: invoice?.owed ?? 0 };
}

function end(facts: MembershipFacts, endReason: NonNullable<MembershipFacts['endReason']>, endedAt: Date): MembershipFacts {
  return { ...facts, state: 'ended', endReason, endedAt, cancelAt: null, coming: null };
}
