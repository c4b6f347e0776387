import type { IceServers } from '../../../shared/contracts/live/stage.js';
import type { InWorkshop } from '../../../shared/contracts/workshops.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';

/**
 * Gives the relays that this member may use, with new credentials.
 *
 * @throws workshop.not_found - absent, or not this actor's.
 */
export async function refreshIce(deps: Deps, actor: Actor, input: InWorkshop): Promise<IceServers> {
  await accessWorkshop(actor, input.workshopId, 'enter', deps.now());
  return deps.stages.iceServers(actor.memberId);
}
