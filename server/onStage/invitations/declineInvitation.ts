import type { OwnStageView } from '../../../shared/contracts/live/onStage.js';
import type { InWorkshop } from '../../../shared/contracts/workshops.js';
import { accessOpenWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { unask } from '../../models/onStage/rosterChanges.js';
import { StageRoster } from '../../models/onStage/stageRoster.js';
import { viewOwn } from '../onStage.views.js';
import { tellRoster } from '../tellRoster.js';

/**
 * Says no to an invitation. Harmless when there is none.
 *
 * @throws workshop.not_found | workshop.wrong_state
 */
export async function declineInvitation(deps: Deps, actor: Actor, { workshopId }: InWorkshop): Promise<OwnStageView> {
  await accessOpenWorkshop(actor, workshopId, 'enter', deps.now());
  const declined = await unask(workshopId, actor.memberId);
  if (declined) await tellRoster(deps, declined, { hands: true, members: [actor.memberId] });
  return viewOwn(declined ?? (await StageRoster.of(workshopId)), actor.memberId);
}
