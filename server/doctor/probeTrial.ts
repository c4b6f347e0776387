import type { ProbeTrial } from '../../shared/contracts/live/doctor.js';
import type { ConsumerView } from '../../shared/contracts/live/stage.js';
import { accessDoctor } from '../access/house/accessDoctor.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import type { Connection } from '../realtime/connection.js';

/**
 * Opens the stream of silence by which the line is measured; it is paused.
 *
 * @throws role.required
 * @throws media.not_found - it is not this connection's, or over. @throws media.unsupported
 */
export async function probeTrial(deps: Deps, actor: Actor, input: ProbeTrial, connection: Connection): Promise<ConsumerView> {
  accessDoctor(actor, deps.now());
  return deps.stages.trials.probe(connection.id, input);
}
