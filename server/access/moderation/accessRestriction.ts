/** The only way to restrictions and to the record of what was done: of a room its moderators', of the house the organizers' and moderators'. */
import { AppError } from '../../../shared/failures.js';
import { Member } from '../../models/member.js';
import { Restriction, type RestrictionDocument } from '../../models/moderation/restriction.js';
import { accessModeration } from '../accessModeration.js';
import type { Actor } from '../actor.js';
import { isBanned } from './restrictions.js';

/**
 * Lets pass whoever may moderate the place: a room, or with null the whole house.
 *
 * @throws room.not_found - absent, or not this actor's to see.
 * @throws role.required - they may not.
 */
export async function accessPlace(actor: Actor, roomId: string | null, now: Date): Promise<void> {
  if (roomId !== null) await accessModeration(actor, roomId, now);
  else if ((actor.role !== 'moderator' && actor.role !== 'organizer') || isBanned(actor, null, now)) throw new AppError('role.required');
}

/**
 * Lets pass whoever may hold this member back, or let go of them: nobody themself, only an organizer whoever is of the
 * team, nobody an organizer.
 *
 * @throws member.not_found - there is no such member.
 * @throws role.required - not theirs to hold back.
 */
export async function accessHoldingBack(actor: Actor, memberId: string): Promise<void> {
  const member = await Member.findById(memberId).select({ role: 1 }).lean();
  if (!member) throw new AppError('member.not_found');
  const isTheirs = member.role === 'member' || (member.role !== 'organizer' && actor.role === 'organizer');
  if (!isTheirs || memberId === actor.memberId) throw new AppError('role.required');
}

/**
 * The restriction, whether it still stands or not, if this actor may lift it.
 *
 * @throws restriction.not_found - absent, or of a place that is not this actor's to moderate; the two look alike on purpose.
 * @throws role.required - of a member who is not theirs to let go.
 */
export async function accessRestriction(actor: Actor, restrictionId: string, now: Date): Promise<RestrictionDocument> {
  const restriction = await Restriction.findById(restrictionId).lean();
  if (!restriction) throw new AppError('restriction.not_found');
  await accessPlace(actor, restriction.roomId && String(restriction.roomId), now).catch((error: unknown) => {
    throw error instanceof AppError ? new AppError('restriction.not_found') : error;
  });
  await accessHoldingBack(actor, String(restriction.memberId));
  return restriction;
}
