import type { PauseConsumers } from '../../../shared/contracts/live/stage.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import type { Connection } from '../../realtime/connection.js';

/**
 * Stops or starts what this connection receives; consumers that are gone are left out.
 *
 * @throws workshop.not_found - absent, or not this actor's.
 * @throws media.not_found | media.stale_epoch | media.unavailable | server.busy
 */
export async function pauseConsumers(deps: Deps, actor: Actor, input: PauseConsumers, connection: Connection): Promise<Record<string, never>> {
  await accessWorkshop(actor, input.workshopId, 'enter', deps.now());
  await deps.stages.pauseConsumers(connection.id, input);
  return {};
}
