import type { Types } from 'mongoose';
import type { Deps } from '../deps.js';
import { factsOf, Membership, type MembershipDocument, type MembershipFacts } from '../models/memberships/membership.js';
import { TrialClaim } from '../models/memberships/trialClaim.js';
import { planLetters } from './mails/planLetters.js';
import { alignGrants } from './settle/alignGrants.js';
import { endAtStripe, isOverAtStripe, payWithNewCard, voidOwed } from './settle/endAtStripe.js';
import { judgeFacts } from './settle/judgeFacts.js';
import { nextCheck } from './settle/nextCheck.js';
import { planByStripe } from './settle/plans.js';
import { readSubscription, type Reading } from './settle/readSubscription.js';
import { recordInvoices } from './settle/recordInvoices.js';
import { judgeTrial } from './settle/trials.js';
import { tellMembership } from './tellMembership.js';

/** A step that was cut off is taken up again after this, in milliseconds. */
const resumeAfterMs = 30_000;

/**
 * Compares a membership with Stripe and makes it true here: its state, the rights it gives, the ledger, the letters. Webhooks, the
 * return from the checkout, what the member does and the timer all come this way, as often and in whatever order they like, and at
 * once: what is written is by the version that was read before Stripe was asked, and every step may be done again after a crash.
 *
 * @throws payment.unavailable - Stripe does not answer; what is stored stays.
 */
export async function syncMembership(deps: Deps, membershipId: Types.ObjectId): Promise<MembershipDocument> {
  for (;;) {
    const before = await Membership.findById(membershipId).orFail().lean();
    const reading = await readAndCollect(deps, before);
    const after = await followStripe(deps, before, reading);
    // Somebody else has written meanwhile, by what may be an older or a newer reading: it is asked again.
    if (!after) continue;
    await settleRest(deps, after, reading);
    if (after.version !== before.version) await tellMembership(deps, after);
    return after;
  }
}

/** What Stripe says, after what is owed was asked for once more, or given up. */
async function readAndCollect(deps: Deps, before: MembershipDocument): Promise<Reading | null> {
  const reading = await readSubscription(deps, before);
  const subscription = reading?.subscription;
  if (before.state !== 'past_due' || subscription?.status !== 'past_due') return reading;
  if (before.graceUntil && before.graceUntil <= deps.now()) await voidOwed(deps, subscription);
  else if (!(await payWithNewCard(deps, before, subscription))) return reading;
  return readSubscription(deps, before);
}

/** The membership as Stripe has it; null when it was changed since it was read. */
async function followStripe(deps: Deps, before: MembershipDocument, reading: Reading | null): Promise<MembershipDocument | null> {
  if (!before.isLive) return before;
  const [plan, comingPlan, isTrialTheirs] = await Promise.all([
    planByStripe(reading?.subscription?.priceId),
    planByStripe(reading?.subscription?.coming?.priceId),
    judgeTrial(deps, before, reading),
  ]);
  if (reading?.subscription && !plan) deps.log.error({ membershipId: String(before._id), priceId: reading.subscription.priceId }, 'a membership is charged a price that is none of ours; it keeps the tier it had');
  const facts = judgeFacts(before, reading, { now: deps.now(), graceDays: deps.graceDays, plan, comingPlan, isTrialTheirs });
  if (isSame(factsOf(before), facts)) return before;
  return Membership.follow(before, facts, new Date(deps.now().getTime() + resumeAfterMs));
}

/** What follows from the facts; all of it may be done again. */
async function settleRest(deps: Deps, membership: MembershipDocument, reading: Reading | null): Promise<void> {
  await alignGrants(deps, membership);
  if (membership.endReason === 'not_completed') await TrialClaim.giveBack(membership._id);
  const subscription = reading?.subscription ?? null;
  if (membership.state === 'ended' && subscription) await endAtStripe(deps, membership, subscription);
  const isBooked = subscription === null || (await recordInvoices(deps, membership, subscription));
  await planLetters(deps, membership);
  const isDone = membership.state === 'ended' && isBooked && isOverAtStripe(subscription);
  await Membership.restUntil(membership, isDone ? null : nextCheck(membership, { now: deps.now(), invoice: subscription?.invoice ?? null, isBooked }));
}

/** By value: ids and moments are compared by what they say. */
function isSame(one: MembershipFacts, other: MembershipFacts): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
