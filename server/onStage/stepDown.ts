import type { OwnStageView } from '../../shared/contracts/live/onStage.js';
import type { InWorkshop } from '../../shared/contracts/workshops.js';
import { accessOpenWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { endSpeaking } from './endSpeaking.js';
import { viewOwn } from './onStage.views.js';

/**
 * Leaves the stage as a speaker, and stays as audience. Harmless for whoever is not on it.
 *
 * @throws workshop.not_found | workshop.wrong_state
 */
export async function stepDown(deps: Deps, actor: Actor, { workshopId }: InWorkshop): Promise<OwnStageView> {
  await accessOpenWorkshop(actor, workshopId, 'enter', deps.now());
  return viewOwn(await endSpeaking(deps, workshopId, actor.memberId), actor.memberId);
}
