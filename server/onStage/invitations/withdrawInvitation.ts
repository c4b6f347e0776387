import type { HandsView, OfMember } from '../../../shared/contracts/live/onStage.js';
import { accessOpenWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { unask } from '../../models/onStage/rosterChanges.js';
import { StageRoster } from '../../models/onStage/stageRoster.js';
import { viewHands } from '../onStage.views.js';
import { tellRoster } from '../tellRoster.js';

/**
 * Takes back an invitation that was not answered yet. Harmless when there is none.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws workshop.wrong_state
 */
export async function withdrawInvitation(deps: Deps, actor: Actor, { workshopId, memberId }: OfMember): Promise<HandsView> {
  await accessOpenWorkshop(actor, workshopId, 'host', deps.now());
  const withdrawn = await unask(workshopId, memberId);
  if (withdrawn) await tellRoster(deps, withdrawn, { hands: true, members: [memberId] });
  return viewHands(withdrawn ?? (await StageRoster.of(workshopId)));
}
