import type { Deps } from '../../deps.js';
import { DueLetter, type NewLetter } from '../../models/letters/dueLetter.js';
import type { MembershipDocument } from '../../models/memberships/membership.js';

const dayMs = 86_400_000;
/** So long before its end a trial's end is told of. */
const trialNoticeMs = 3 * dayMs;
/** What happened longer ago is not written about any more. */
const newsMs = 7 * dayMs;

/** Notes the letters that a membership's state calls for; a receipt is noted with its payment. Doing it again changes nothing. */
export async function planLetters(deps: Deps, membership: MembershipDocument): Promise<void> {
  await DueLetter.plan(lettersOf(membership, deps.now()));
}

function lettersOf({ _id, memberId, state, startedAt, trialEnd, graceUntil, endedAt, endReason }: MembershipDocument, now: Date): NewLetter[] {
  const about = { memberId, membershipId: _id };
  if (state === 'trialing' && trialEnd && startedAt) {
    const dueAt = new Date(trialEnd.getTime() - trialNoticeMs);
    // Whoever has just begun such a short trial has just read when it ends.
    return dueAt > startedAt ? [{ ...about, kind: 'trial_ending', _id: `trial_ending:${String(_id)}`, dueAt }] : [];
  }
  if (state === 'past_due' && graceUntil) return [{ ...about, kind: 'card_failed', _id: `card_failed:${String(_id)}:${graceUntil.getTime()}`, dueAt: now }];
  const isNews = endedAt !== null && endedAt.getTime() > now.getTime() - newsMs;
  return state === 'ended' && endReason !== 'not_completed' && isNews ? [{ ...about, kind: 'membership_ended', _id: `membership_ended:${String(_id)}`, dueAt: now }] : [];
}
