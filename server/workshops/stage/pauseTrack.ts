import type { PauseTrack } from '../../../shared/contracts/live/stage.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import type { Connection } from '../../realtime/connection.js';

/**
 * Pauses or resumes one of this connection's own tracks.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws media.not_found | media.stale_epoch | media.preparing | media.unavailable
 */
export async function pauseTrack(deps: Deps, actor: Actor, input: PauseTrack, connection: Connection): Promise<Record<string, never>> {
  await accessWorkshop(actor, input.workshopId, 'host', deps.now());
  await deps.stages.pauseTrack(connection.id, input);
  return {};
}
