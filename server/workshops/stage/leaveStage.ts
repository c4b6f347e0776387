import type { InWorkshop } from '../../../shared/contracts/workshops.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { presentersChannel, stageChannel } from '../../realtime/channels.js';
import type { Connection } from '../../realtime/connection.js';

/** Leaves the stage with all that this connection has on it, and stays in the workshop. Harmless when it is not on stage. */
export async function leaveStage(deps: Deps, _actor: Actor, input: InWorkshop, connection: Connection): Promise<Record<string, never>> {
  await Promise.all([connection.leave(stageChannel(input.workshopId)), connection.leave(presentersChannel(input.workshopId)), deps.stages.leave(input.workshopId, connection.id)]);
  return {};
}
