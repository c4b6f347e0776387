import type { ResumeTracks } from '../../../shared/contracts/live/stage.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import type { Connection } from '../../realtime/connection.js';

/**
 * Lets consumers of this connection flow, once the client has attached them.
 *
 * @throws workshop.not_found - absent, or not this actor's.
 * @throws media.not_found | media.stale_epoch | media.unavailable | server.busy
 */
export async function resumeTracks(deps: Deps, actor: Actor, input: ResumeTracks, connection: Connection): Promise<Record<string, never>> {
  await accessWorkshop(actor, input.workshopId, 'enter', deps.now());
  await deps.stages.resume(connection.id, input);
  return {};
}
