/** Who may see what is on a workshop's stage: everybody inside while it is live, and before that those who rehearse. */
import { AppError } from '../../shared/failures.js';
import type { WorkshopDocument } from '../models/workshop.js';
import { accessWorkshop, judgePresent, judgeWorkshop } from './accessWorkshop.js';
import type { Actor } from './actor.js';

/** How the stage stands to someone inside. In the `lobby` one gets ready, and neither hears nor sees what is on stage. */
export type StageDoor = 'open' | 'lobby' | 'closed';

/** @param canPresent - may put something on it: they are on stage before it is live, to rehearse. */
export function stageDoor(workshop: WorkshopDocument, canPresent: boolean): StageDoor {
  if (workshop.state === 'live') return 'open';
  if (workshop.state !== 'scheduled') return 'closed';
  return canPresent ? 'open' : 'lobby';
}

/**
 * The workshop, if this actor may see its stage now.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws workshop.wrong_state - its stage is not open to them yet, or no more.
 */
export async function accessStage(actor: Actor, workshopId: string, now: Date): Promise<WorkshopDocument> {
  const workshop = await accessWorkshop(actor, workshopId, 'enter', now);
  const canPresent = await judgePresent(actor, workshop, await judgeWorkshop(actor, workshop, now), now);
  if (stageDoor(workshop, canPresent) !== 'open') throw new AppError('workshop.wrong_state', { state: workshop.state });
  return workshop;
}
