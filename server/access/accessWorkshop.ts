/** The only way into a workshop: its room, its stage and its questions all open with this one judgement. */
import type { PersonView } from '../../shared/contracts/members.js';
import { AppError } from '../../shared/failures.js';
import { Grant } from '../models/grant.js';
import { StageRoster } from '../models/onStage/stageRoster.js';
import { Workshop, type WorkshopDocument } from '../models/workshop.js';
import type { Actor } from './actor.js';
import { isBanned } from './moderation/restrictions.js';

/** How an actor stands to a workshop. `why` is null when they may not enter. */
export interface WorkshopRight {
  canEnter: boolean;
  canHost: boolean;
  /** May settle what of its questions everybody sees. */
  canModerate: boolean;
  why: 'ticket' | 'host' | 'staff' | null;
}

const outside: WorkshopRight = { canEnter: false, canHost: false, canModerate: false, why: null };

/** Judges a workshop for an actor; null is someone who is not signed in. */
export async function judgeWorkshop(actor: Actor | null, workshop: WorkshopDocument, now: Date): Promise<WorkshopRight> {
  // Whoever is banned from its room is banned from all of it.
  if (!actor || isBanned(actor, String(workshop.roomId), now)) return outside;
  if (isHostOf({ id: actor.memberId, role: actor.role }, workshop)) return { canEnter: true, canHost: true, canModerate: true, why: isNamed(actor.memberId, workshop) ? 'host' : 'staff' };
  if (actor.role === 'moderator') return { canEnter: true, canHost: false, canModerate: true, why: 'staff' };
  // What will not take place opens to no ticket, though its right be ended only a moment later.
  if (workshop.state === 'cancelled') return outside;
  const hasGrant = await Grant.isLive(actor.memberId, { kind: 'workshop', ref: String(workshop._id) }, now);
  return hasGrant ? { canEnter: true, canHost: false, canModerate: false, why: 'ticket' } : outside;
}

/** Whether a member hosts a workshop. Whoever is no host any more does not host what they were named for. */
export function isHostOf({ id, role }: Pick<PersonView, 'id' | 'role'>, workshop: WorkshopDocument): boolean {
  return role === 'organizer' || (role === 'host' && isNamed(id, workshop));
}

const isNamed = (memberId: string, { hostIds }: WorkshopDocument): boolean => hostIds.some((hostId) => String(hostId) === memberId);

/** Judges whether an actor may put something on the workshop's stage: its hosts may, and speakers from their coming to their going. */
export async function judgePresent(actor: Actor, workshop: WorkshopDocument, { canEnter, canHost }: Pick<WorkshopRight, 'canEnter' | 'canHost'>): Promise<boolean> {
  return canHost || (canEnter && (await StageRoster.isSpeaker(String(workshop._id), actor.memberId)));
}

/** What one may do with a workshop: `enter` it, `present` on its stage, `moderate` its questions, `host` it. */
export type WorkshopAct = 'enter' | 'present' | 'moderate' | 'host';

/**
 * The workshop, if this actor may do that with it now.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 */
export async function accessWorkshop(actor: Actor, workshopId: string, act: WorkshopAct, now: Date): Promise<WorkshopDocument> {
  const workshop = await Workshop.findById(workshopId).lean();
  if (!workshop) throw new AppError('workshop.not_found');
  const judged = await judgeWorkshop(actor, workshop, now);
  if (!(await mayAct(actor, workshop, judged, act))) throw new AppError('workshop.not_found');
  return workshop;
}

async function mayAct(actor: Actor, workshop: WorkshopDocument, judged: WorkshopRight, act: WorkshopAct): Promise<boolean> {
  switch (act) {
    case 'enter':
      return judged.canEnter;
    case 'present':
      return judgePresent(actor, workshop, judged);
    case 'moderate':
      return judged.canModerate;
    case 'host':
      return judged.canHost;
  }
}

/**
 * The same, for what can only be done with a workshop that is not over.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws workshop.wrong_state - it has ended, or was cancelled.
 */
export async function accessOpenWorkshop(actor: Actor, workshopId: string, act: WorkshopAct, now: Date): Promise<WorkshopDocument> {
  const workshop = await accessWorkshop(actor, workshopId, act, now);
  if (workshop.state !== 'scheduled' && workshop.state !== 'live') throw new AppError('workshop.wrong_state', { state: workshop.state });
  return workshop;
}
