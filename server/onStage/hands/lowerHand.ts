import type { OwnStageView } from '../../../shared/contracts/live/onStage.js';
import type { InWorkshop } from '../../../shared/contracts/workshops.js';
import { accessOpenWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { lower } from '../../models/onStage/rosterChanges.js';
import { StageRoster } from '../../models/onStage/stageRoster.js';
import { viewOwn } from '../onStage.views.js';
import { tellRoster } from '../tellRoster.js';

/**
 * Lowers the actor's hand. Harmless when it is not up.
 *
 * @throws workshop.not_found | workshop.wrong_state
 */
export async function lowerHand(deps: Deps, actor: Actor, { workshopId }: InWorkshop): Promise<OwnStageView> {
  await accessOpenWorkshop(actor, workshopId, 'enter', deps.now());
  const lowered = await lower(workshopId, actor.memberId);
  if (lowered) await tellRoster(deps, lowered, { hands: true, members: [actor.memberId] });
  return viewOwn(lowered ?? (await StageRoster.of(workshopId)), actor.memberId);
}
