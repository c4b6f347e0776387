/** The only way into a workshop: its room, its stage and its questions all open with this one judgement. */
import { AppError } from '../../shared/failures.js';
import { Grant } from '../models/grant.js';
import { Workshop, type WorkshopDocument } from '../models/workshop.js';
import type { Actor } from './actor.js';
import { isBanned } from './moderation/restrictions.js';

/** How an actor stands to a workshop. `why` is null when they may not enter. */
export interface WorkshopRight {
  canEnter: boolean;
  canHost: boolean;
  why: 'ticket' | 'host' | 'staff' | null;
}

const outside: WorkshopRight = { canEnter: false, canHost: false, why: null };

/** Judges a workshop for an actor; null is someone who is not signed in. */
export async function judgeWorkshop(actor: Actor | null, workshop: WorkshopDocument, now: Date): Promise<WorkshopRight> {
  // Whoever is banned from its room is banned from all of it.
  if (!actor || isBanned(actor, String(workshop.roomId), now)) return outside;
  // Whoever is no host any more does not host what they were named for.
  const isNamed = workshop.hostIds.some((hostId) => String(hostId) === actor.memberId);
  if (isNamed && (actor.role === 'host' || actor.role === 'organizer')) return { canEnter: true, canHost: true, why: 'host' };
  if (actor.role === 'organizer') return { canEnter: true, canHost: true, why: 'staff' };
  if (actor.role === 'moderator') return { canEnter: true, canHost: false, why: 'staff' };
  const hasGrant = await Grant.isLive(actor.memberId, { kind: 'workshop', ref: String(workshop._id) }, now);
  return hasGrant ? { canEnter: true, canHost: false, why: 'ticket' } : outside;
}

/**
 * The workshop, if this actor may `enter` it or `host` it now.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 */
export async function accessWorkshop(actor: Actor, workshopId: string, right: 'enter' | 'host', now: Date): Promise<WorkshopDocument> {
  const workshop = await Workshop.findById(workshopId).lean();
  if (!workshop) throw new AppError('workshop.not_found');
  const judged = await judgeWorkshop(actor, workshop, now);
  if (!(right === 'host' ? judged.canHost : judged.canEnter)) throw new AppError('workshop.not_found');
  return workshop;
}
