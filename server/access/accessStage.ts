/** Who may see what is on a workshop's stage: everybody inside while it is live, and before that those who rehearse. */
import { AppError } from '../../shared/failures.js';
import type { WorkshopDocument } from '../models/workshop.js';
import { accessWorkshop, judgePresent, judgeWorkshop, type WorkshopRight } from './accessWorkshop.js';
import type { Actor } from './actor.js';

/** How the stage stands to someone inside. In the `lobby` one gets ready, and neither hears nor sees what is on stage. */
export type StageDoor = 'open' | 'lobby' | 'closed';

/** Before it is live those who may present are on stage, to rehearse. @param right - how the actor stands to the workshop. */
export async function stageDoor(actor: Actor, workshop: WorkshopDocument, right: Pick<WorkshopRight, 'canEnter' | 'canHost'>): Promise<StageDoor> {
  if (workshop.state === 'live') return 'open';
  if (workshop.state !== 'scheduled') return 'closed';
  return (await judgePresent(actor, workshop, right)) ? 'open' : 'lobby';
}

/**
 * The workshop, if this actor may see its stage now.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws workshop.wrong_state - its stage is not open to them yet, or no more.
 */
export async function accessStage(actor: Actor, workshopId: string, now: Date): Promise<WorkshopDocument> {
  const workshop = await accessWorkshop(actor, workshopId, 'enter', now);
  if ((await stageDoor(actor, workshop, await judgeWorkshop(actor, workshop, now))) !== 'open') throw new AppError('workshop.wrong_state', { state: workshop.state });
  return workshop;
}
