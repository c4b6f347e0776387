import type { ConsumeTracks, ConsumerView } from '../../../shared/contracts/live/stage.js';
import { accessStage } from '../../access/accessStage.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import type { Connection } from '../../realtime/connection.js';

/**
 * Opens consumers, paused, for tracks on stage; those that are gone or cannot be received are left out.
 *
 * @throws workshop.not_found - absent, or not this actor's.
 * @throws workshop.wrong_state - its stage is not open to them: who waits in the lobby receives nothing.
 * @throws media.not_found | media.stale_epoch | media.unavailable | server.busy
 */
export async function consumeTracks(deps: Deps, actor: Actor, input: ConsumeTracks, connection: Connection): Promise<ConsumerView[]> {
  await accessStage(actor, input.workshopId, deps.now());
  return deps.stages.consume(connection.id, input);
}
