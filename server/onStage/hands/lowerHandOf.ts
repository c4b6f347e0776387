import type { HandsView, OfMember } from '../../../shared/contracts/live/onStage.js';
import { accessOpenWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { lower } from '../../models/onStage/rosterChanges.js';
import { StageRoster } from '../../models/onStage/stageRoster.js';
import { viewHands } from '../onStage.views.js';
import { tellRoster } from '../tellRoster.js';

/**
 * Lowers a member's hand, as a host. Harmless when it is not up.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws workshop.wrong_state
 */
export async function lowerHandOf(deps: Deps, actor: Actor, { workshopId, memberId }: OfMember): Promise<HandsView> {
  await accessOpenWorkshop(actor, workshopId, 'host', deps.now());
  const lowered = await lower(workshopId, memberId);
  if (lowered) await tellRoster(deps, lowered, { hands: true, members: [memberId] });
  return viewHands(lowered ?? (await StageRoster.of(workshopId)));
}
