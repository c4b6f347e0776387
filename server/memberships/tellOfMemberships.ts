import type { Deps } from '../deps.js';
import { Membership } from '../models/memberships/membership.js';

/** For a member's data export: their memberships, and what Stripe knows each by. */
export function tellOfMemberships(_deps: Deps, memberId: string): Promise<unknown> {
  const seen = { _id: 1, state: 1, plan: 1, trialDays: 1, startedAt: 1, trialEnd: 1, periodEnd: 1, cancelAt: 1, coming: 1, graceUntil: 1, endedAt: 1, endReason: 1, customerId: 1, subscriptionId: 1, booked: 1, createdAt: 1 } as const;
  return Membership.find({ memberId }).select(seen).sort({ createdAt: 1 }).lean();
}
