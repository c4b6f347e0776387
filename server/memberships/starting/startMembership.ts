import type { MembershipView, StartMembership } from '../../../shared/contracts/memberships/memberships.js';
import { AppError } from '../../../shared/failures.js';
import { accessOffers } from '../../access/memberships/accessMembership.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Membership, type MembershipDocument } from '../../models/memberships/membership.js';
import { TierPrice } from '../../models/memberships/tierPrice.js';
import { TrialClaim } from '../../models/memberships/trialClaim.js';
import { viewMembership } from '../memberships.views.js';
import { planOf } from '../settle/plans.js';
import { claimTrial } from '../settle/trials.js';
import { closeCheckout } from './closeCheckout.js';
import { openCheckout, type Offer } from './openCheckout.js';
import { tellMembership } from '../tellMembership.js';

/** Until Stripe has said it, a checkout is taken to be open for so long, in milliseconds: the longest that Stripe keeps one. */
const checkoutMs = 24 * 3_600_000;

type Ready = Offer & { plan: MembershipDocument['plan'] };

/**
 * Begins a membership: it waits for its checkout, which opens nothing yet. A member has one at a time, decided by one insert. A retry
 * with the same `clientMembershipId` gets the one it made; an open checkout for something else is closed first.
 *
 * @throws price.not_found - it is not offered, or not to them.
 * @throws membership.no_trial - a trial was shown that is not theirs to have, here or any more.
 * @throws membership.already - they have one.
 * @throws membership.fix_card - they have one whose last payment failed.
 * @throws payment.unavailable - Stripe did not open a checkout; nothing was begun.
 */
export async function startMembership(deps: Deps, actor: Actor, input: StartMembership): Promise<MembershipView> {
  const known = await Membership.findOne({ memberId: actor.memberId, clientMembershipId: input.clientMembershipId }).lean();
  if (known && (known.state !== 'starting' || known.sessionId)) return viewMembership(known);
  accessOffers(actor, deps.now());
  const ready = await readOffer(input);
  const { membership, isNew } = await beginOne(deps, actor, input, ready);
  if (membership.state !== 'starting' || membership.sessionId) return viewMembership(membership);
  return viewMembership(await bringToCheckout(deps, membership, ready, isNew));
}

async function readOffer({ priceId, withTrial }: StartMembership): Promise<Ready> {
  const price = await TierPrice.openById(priceId);
  if (!price) throw new AppError('price.not_found');
  if (!price.stripePriceId) throw new AppError('payment.unavailable');
  if (withTrial && price.trialDays === 0) throw new AppError('membership.no_trial');
  return { plan: planOf(price), stripePriceId: price.stripePriceId, trialDays: withTrial ? price.trialDays : 0 };
}

/** The membership that is to be brought to the checkout: a new one, or the one that the member has open for the same. */
async function beginOne(deps: Deps, { memberId }: Actor, { clientMembershipId }: StartMembership, ready: Ready): Promise<{ membership: MembershipDocument; isNew: boolean }> {
  for (;;) {
    const now = deps.now();
    const begun = await Membership.begin({ clientMembershipId, memberId, plan: ready.plan, trialDays: ready.trialDays, checkoutUntil: new Date(now.getTime() + checkoutMs), createdAt: now });
    if (begun) return { membership: begun, isNew: true };
    const live = await Membership.liveOf(memberId);
    if (live && isForThis(live, ready) && live.checkoutUntil > now) return { membership: live, isNew: false };
    if (live) refuseSecond(live.state === 'starting' ? await closeCheckout(deps, live) : live);
    // The one that stood in the way is gone; or this very attempt was made, and has ended since.
    const own = live ? null : await Membership.findOne({ memberId, clientMembershipId }).lean();
    if (own) return { membership: own, isNew: false };
  }
}

function isForThis({ state, plan, trialDays }: MembershipDocument, ready: Ready): boolean {
  return state === 'starting' && plan.priceId.equals(ready.plan.priceId) && trialDays === ready.trialDays;
}

function refuseSecond({ isLive, state, graceUntil }: MembershipDocument): void {
  if (!isLive) return;
  if (state === 'past_due' && graceUntil) throw new AppError('membership.fix_card', { graceUntil: graceUntil.toISOString() });
  throw new AppError('membership.already');
}

/** @param isNew - whether it was made just now: whoever made it takes it back when it does not reach the checkout. */
async function bringToCheckout(deps: Deps, membership: MembershipDocument, offer: Offer, isNew: boolean): Promise<MembershipDocument> {
  try {
    if (offer.trialDays > 0 && !(await claimTrial(deps, membership))) throw new AppError('membership.no_trial');
    const ready = await openCheckout(deps, membership, offer);
    await tellMembership(deps, ready);
    return ready;
  } catch (error) {
    if (error instanceof AppError && isNew && (await Membership.withdraw(membership._id))) await TrialClaim.giveBack(membership._id);
    throw error;
  }
}
