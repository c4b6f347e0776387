import type { OfMember, RosterView } from '../../../shared/contracts/live/onStage.js';
import { AppError } from '../../../shared/failures.js';
import { accessOpenWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { giveLead } from '../../models/onStage/rosterChanges.js';
import { StageRoster, type StageRosterDocument } from '../../models/onStage/stageRoster.js';
import { isAmong, viewRoster } from '../onStage.views.js';
import { tellRoster } from '../tellRoster.js';

/** How often one who hands over gives way to another who does so in the same moment. */
const tries = 4;

/**
 * Makes a host who is on stage the one who leads. Doing it again finds it done.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws workshop.wrong_state
 * @throws stage.nobody - they are no host on stage.
 * @throws role.required - the lead is not this actor's to give, nor to take back.
 * @throws server.busy - the lead kept changing hands.
 */
export async function handOver(deps: Deps, actor: Actor, { workshopId, memberId }: OfMember): Promise<RosterView> {
  await accessOpenWorkshop(actor, workshopId, 'host', deps.now());
  for (let left = tries; left > 0; left -= 1) {
    const before = await StageRoster.of(workshopId);
    if (!isAmong(before.hosts, memberId)) throw new AppError('stage.nobody');
    if (String(before.leadId) === memberId) return viewRoster(before);
    if (!mayGive(actor, before, memberId)) throw new AppError('role.required');
    const changed = await giveLead(workshopId, before, memberId);
    if (changed) {
      await tellRoster(deps, changed, { roster: true });
      return viewRoster(changed);
    }
  }
  throw new AppError('server.busy');
}

function mayGive(actor: Actor, { leadId, mayTakeLeadId }: StageRosterDocument, to: string): boolean {
  if (actor.role === 'organizer' || String(leadId) === actor.memberId) return true;
  return to === actor.memberId && String(mayTakeLeadId) === actor.memberId;
}
