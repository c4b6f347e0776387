import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';
import type { MembershipDocument } from '../../models/memberships/membership.js';
import { TrialClaim, withoutAlias } from '../../models/memberships/trialClaim.js';
import type { Reading } from './readSubscription.js';

async function personKeys(memberId: string): Promise<string[]> {
  const { email } = await Member.findById(memberId).orFail().lean();
  return [`member:${memberId}`, `email:${withoutAlias(email)}`];
}

/** Whether the member's free trial is still to be had, as it looks now; what an open checkout of their own keeps for them is. */
export async function isTrialLeft(memberId: string, own: Pick<MembershipDocument, '_id' | 'state'> | null): Promise<boolean> {
  const keys = await personKeys(memberId);
  const ofOthers = own?.state === 'starting' ? { membershipId: { $ne: own._id } } : {};
  return (await TrialClaim.exists({ _id: { $in: keys }, ...ofOthers })) === null;
}

/** Claims the free trial of the person for a membership. Answers whether it is theirs. */
export async function claimTrial(deps: Deps, { _id, memberId }: Pick<MembershipDocument, '_id' | 'memberId'>): Promise<boolean> {
  return TrialClaim.claimAll(await personKeys(String(memberId)), _id, deps.now());
}

/**
 * Whether a trial that has begun at Stripe is this person's to have: the card may have had its trial under another name. Known only
 * once the card is.
 */
export async function judgeTrial(deps: Deps, { _id, state }: MembershipDocument, reading: Reading | null): Promise<boolean> {
  if (state !== 'starting' || reading?.subscription?.status !== 'trialing') return true;
  const cards = reading.subscription.cards.flatMap(({ fingerprint }) => (fingerprint ? [`card:${fingerprint}`] : []));
  return TrialClaim.claimAll(cards, _id, deps.now());
}
