import type { OfMember, RosterView } from '../../../shared/contracts/live/onStage.js';
import { accessOpenWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { endSpeaking } from '../endSpeaking.js';
import { viewRoster } from '../onStage.views.js';

/**
 * Takes a speaker off the stage, as a host. Harmless when they are not on it.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws workshop.wrong_state
 */
export async function takeOffStage(deps: Deps, actor: Actor, { workshopId, memberId }: OfMember): Promise<RosterView> {
  await accessOpenWorkshop(actor, workshopId, 'host', deps.now());
  return viewRoster(await endSpeaking(deps, workshopId, memberId));
}
