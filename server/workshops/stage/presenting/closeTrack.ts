import type { CloseTrack } from '../../../../shared/contracts/live/stage.js';
import { accessWorkshop } from '../../../access/accessWorkshop.js';
import type { Actor } from '../../../access/actor.js';
import type { Deps } from '../../../deps.js';
import type { Connection } from '../../../realtime/connection.js';

/**
 * Takes one of this connection's own tracks off the stage.
 *
 * @throws workshop.not_found - absent, or not this actor's to present on.
 * @throws media.not_found | media.stale_epoch | media.unavailable | server.busy
 */
export async function closeTrack(deps: Deps, actor: Actor, input: CloseTrack, connection: Connection): Promise<Record<string, never>> {
  await accessWorkshop(actor, input.workshopId, 'present', deps.now());
  await deps.stages.closeTrack(connection.id, input);
  return {};
}
