/** The only way into a workshop: its room, its stage and its questions all open with this one judgement. */
import type { EntryVerdict } from '../../shared/contracts/rights.js';
import { AppError } from '../../shared/failures.js';
import { isAhead } from '../../shared/contracts/workshops.js';
import { Grant } from '../models/grant.js';
import { StageRoster } from '../models/onStage/stageRoster.js';
import { Workshop, type WorkshopDocument } from '../models/workshop.js';
import type { Actor, Entrant } from './actor.js';
import { judgeWorkshopEntry } from './entry/judgeEntry.js';
import { isTimedOut } from './moderation/restrictions.js';

/** How an actor stands to a workshop: the verdict on its door, and what else they may do. */
export type WorkshopRight = EntryVerdict & {
  canHost: boolean;
  /** May settle what of its questions everybody sees. */
  canModerate: boolean;
};

/** Judges a workshop for an actor; null is someone who is not signed in. */
export async function judgeWorkshop(actor: Entrant | null, workshop: WorkshopDocument, now: Date): Promise<WorkshopRight> {
  const verdict = await judgeDoor(actor, workshop, now);
  const isOfTeam = verdict.cause === 'host' || verdict.cause === 'staff';
  return { ...verdict, canHost: isOfTeam && actor?.role !== 'moderator', canModerate: isOfTeam };
}

async function judgeDoor(actor: Entrant | null, workshop: WorkshopDocument, now: Date): Promise<EntryVerdict> {
  const verdict = judgeWorkshopEntry(actor, workshop, false, now);
  // Grants are read only where they decide.
  if (!actor || verdict.cause !== 'no_ticket') return verdict;
  return judgeWorkshopEntry(actor, workshop, await Grant.isLive(actor.memberId, { kind: 'workshop', ref: String(workshop._id) }, now), now);
}

/** Judges whether an actor may put something on the workshop's stage: its hosts may, and speakers from their coming to their going, while they may speak in its room. */
export async function judgePresent(actor: Actor, workshop: WorkshopDocument, { canEnter, canHost }: Pick<WorkshopRight, 'canEnter' | 'canHost'>, now: Date): Promise<boolean> {
  if (canHost) return true;
  return canEnter && !isTimedOut(actor, String(workshop.roomId), now) && (await StageRoster.isSpeaker(String(workshop._id), actor.memberId));
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
  if (!(await mayAct(actor, workshop, judged, act, now))) throw new AppError('workshop.not_found');
  return workshop;
}

async function mayAct(actor: Actor, workshop: WorkshopDocument, judged: WorkshopRight, act: WorkshopAct, now: Date): Promise<boolean> {
  switch (act) {
    case 'enter':
      return judged.canEnter;
    case 'present':
      return judgePresent(actor, workshop, judged, now);
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
  if (!isAhead(workshop.state)) throw new AppError('workshop.wrong_state', { state: workshop.state });
  return workshop;
}
