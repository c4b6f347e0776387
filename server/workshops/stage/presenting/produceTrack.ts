import type { ProduceTrack, TrackView } from '../../../../shared/contracts/live/stage.js';
import { accessWorkshop } from '../../../access/accessWorkshop.js';
import type { Actor } from '../../../access/actor.js';
import type { Deps } from '../../../deps.js';
import type { Connection } from '../../../realtime/connection.js';
import { refuseSilenced } from './refuseSilenced.js';

/**
 * Puts a track on stage. A retry with the same `clientTrackId` gets the track that is there.
 *
 * @throws workshop.not_found - absent, or not this actor's to present on.
 * @throws stage.silenced - a host keeps them from sending this.
 * @throws media.not_found | media.stale_epoch | media.unavailable | server.busy | media.unsupported
 */
export async function produceTrack(deps: Deps, actor: Actor, input: ProduceTrack, connection: Connection): Promise<TrackView> {
  await accessWorkshop(actor, input.workshopId, 'present', deps.now());
  await refuseSilenced(input.workshopId, actor.memberId, input.kind);
  const track = await deps.stages.produce(connection.id, input);
  // Whoever was silenced in between had nothing yet that could be paused.
  await refuseSilenced(input.workshopId, actor.memberId, input.kind).catch(async (error: unknown) => {
    await deps.stages.closeTrack(connection.id, { workshopId: input.workshopId, epoch: input.epoch, trackId: track.id });
    throw error;
  });
  return track;
}
