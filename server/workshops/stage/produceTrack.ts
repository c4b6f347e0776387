import type { ProduceTrack, TrackView } from '../../../shared/contracts/live/stage.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import type { Connection } from '../../realtime/connection.js';

/**
 * Puts a track on stage. A retry with the same `clientTrackId` gets the track that is there.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws media.not_found | media.stale_epoch | media.preparing | media.unavailable | media.unsupported
 */
export async function produceTrack(deps: Deps, actor: Actor, input: ProduceTrack, connection: Connection): Promise<TrackView> {
  await accessWorkshop(actor, input.workshopId, 'host', deps.now());
  return deps.stages.produce(connection.id, input);
}
