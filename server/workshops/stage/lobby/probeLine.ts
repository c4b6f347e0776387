import type { ConsumerView, ProbeLine } from '../../../../shared/contracts/live/stage.js';
import { accessWorkshop } from '../../../access/accessWorkshop.js';
import type { Actor } from '../../../access/actor.js';
import type { Deps } from '../../../deps.js';
import type { Connection } from '../../../realtime/connection.js';

/**
 * Opens a consumer, paused, of a stream of silence by which this connection's line is measured. It is nothing of what is
 * on stage, so it is had in the lobby too.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws media.not_found | media.stale_epoch | media.unavailable | server.busy | media.unsupported
 */
export async function probeLine(deps: Deps, actor: Actor, input: ProbeLine, connection: Connection): Promise<ConsumerView> {
  await accessWorkshop(actor, input.workshopId, 'enter', deps.now());
  return deps.stages.probe(connection.id, input);
}
