import { AppError } from '../../../shared/failures.js';
import { judgePresent, judgeWorkshop } from '../../access/accessWorkshop.js';
import { loadActor, type Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Workshop, type WorkshopDocument } from '../../models/workshop.js';
import type { Connection } from '../../realtime/connection.js';

/** A workshop someone may be in, and whether they may host it, moderate its questions and put something on its stage. */
export interface Admitted {
  workshop: WorkshopDocument;
  canHost: boolean;
  canModerate: boolean;
  canPresent: boolean;
}

/**
 * Judges a connection that has just been let in, with an actor read afresh. A right may have ended, or the connection
 * closed, between the judgement that let it in and its entering; whoever looked for it inside then did not find it yet.
 *
 * @throws workshop.not_found - it may not be in any more, or is no more.
 * @throws session.expired - the session was ended.
 */
export async function judgeAgain(deps: Deps, actor: Actor, workshopId: string, connection: Connection): Promise<Admitted> {
  const [fresh, workshop] = await Promise.all([loadActor(actor.memberId, actor.sessionId, deps.now()), Workshop.findById(workshopId).lean()]);
  if (!workshop) throw new AppError('workshop.not_found');
  const right = await judgeWorkshop(fresh, workshop, deps.now());
  const canPresent = await judgePresent(fresh, workshop, right, deps.now());
  if (!right.canEnter || !connection.isOpen()) throw new AppError('workshop.not_found');
  return { workshop, canHost: right.canHost, canModerate: right.canModerate, canPresent };
}
