import type { Deps } from '../../deps.js';
import { Grant } from '../../models/grant.js';
import { noteCancellation } from '../../models/money/cancellations.js';
import { planCancelledLetters } from '../mails/planLetters.js';
import type { WorkshopDocument } from '../../models/workshop.js';

/** How many members are told at the same time. */
const abreast = 10;

/**
 * Ends everybody's right to a cancelled workshop in one write, closes its stage, and has every node put out whoever is
 * inside. What was cut off is told once more: whoever hears it twice asks twice.
 *
 * @throws server.busy - the stage cannot be reached now.
 */
export async function endRights(deps: Deps, { _id, cancellation, hostIds }: WorkshopDocument): Promise<void> {
  if (!cancellation || cancellation.toldAt) return;
  const workshopId = String(_id);
  await Grant.endAll({ kind: 'workshop', ref: workshopId }, 'workshop_cancelled', deps.now());
  deps.rosters.look(workshopId);
  const holders = await Grant.membersEnded({ kind: 'workshop', ref: workshopId }, 'workshop_cancelled');
  await planCancelledLetters(deps, _id, [...holders, ...hostIds.map(String)]);
  const memberIds = holders.values();
  const tell = async (): Promise<void> => {
    for (const memberId of memberIds) await deps.rightsChanged({ memberId, scope: { kind: 'workshop', workshopId }, change: 'ended', reason: 'workshop_cancelled' });
  };
  await Promise.all([deps.stages.end(workshopId), ...Array.from({ length: abreast }, tell)]);
  await noteCancellation(_id, { toldAt: deps.now() });
}
