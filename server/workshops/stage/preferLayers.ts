import type { PreferLayers } from '../../../shared/contracts/live/stage.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import type { Connection } from '../../realtime/connection.js';

/**
 * Says which layers this connection wants of what it receives; consumers that are gone are left out.
 *
 * @throws workshop.not_found - absent, or not this actor's.
 * @throws media.not_found | media.stale_epoch | media.unavailable | server.busy
 */
export async function preferLayers(deps: Deps, actor: Actor, input: PreferLayers, connection: Connection): Promise<Record<string, never>> {
  await accessWorkshop(actor, input.workshopId, 'enter', deps.now());
  await deps.stages.preferLayers(connection.id, input);
  return {};
}
