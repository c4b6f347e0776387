import type { RestartIce } from '../../../shared/contracts/live/stage.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import type { Connection } from '../../realtime/connection.js';

/**
 * Gives new ICE parameters for one of this connection's transports, after its network has changed.
 *
 * @throws workshop.not_found - absent, or not this actor's.
 * @throws media.not_found | media.stale_epoch | media.unavailable | server.busy
 */
export async function restartIce(deps: Deps, actor: Actor, input: RestartIce, connection: Connection): Promise<{ iceParameters: Record<string, unknown> }> {
  await accessWorkshop(actor, input.workshopId, 'enter', deps.now());
  return { iceParameters: await deps.stages.restartIce(connection.id, input) };
}
