import type { Deps } from '../deps.js';
import { Membership } from '../models/memberships/membership.js';
import type { Job } from '../platform/schedule.js';
import { syncMembership } from './syncMembership.js';

/** How many are taken in one go; what is left waits for the next. */
const handful = 200;
/** For how long one that is being looked at is kept from other nodes, in milliseconds. */
const leaseMs = 60_000;

/** Compares again and again the memberships that are due: at the moments that are known of each, and once a day. */
export function membershipTimers(deps: Deps): Job[] {
  return [{ name: 'memberships', everyMs: 10_000, run: () => settleDueMemberships(deps) }];
}

/** Compares every membership that is due with Stripe. One that fails is due again after the lease. */
export async function settleDueMemberships(deps: Deps): Promise<void> {
  for (let left = handful; left > 0; left -= 1) {
    const now = deps.now();
    const membership = await Membership.takeDue(now, new Date(now.getTime() + leaseMs));
    if (!membership) return;
    await syncMembership(deps, membership._id).catch((error: unknown) => deps.log.error({ err: error, membershipId: String(membership._id) }, 'a membership could not be settled; it is tried again'));
  }
}
