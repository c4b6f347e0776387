import type { Deps } from '../deps.js';
import { Restriction } from '../models/moderation/restriction.js';

/** For a member's data export: what held them back and why. By whom is not theirs to know. */
export function tellOfRestrictions(_deps: Deps, memberId: string): Promise<unknown> {
  return Restriction.find({ memberId }).select({ _id: 0, kind: 1, roomId: 1, reason: 1, since: 1, until: 1, liftedAt: 1 }).sort({ since: 1 }).lean();
}
