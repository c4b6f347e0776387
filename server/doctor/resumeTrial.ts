import type { ResumeTrial } from '../../shared/contracts/live/doctor.js';
import { accessDoctor } from '../access/house/accessDoctor.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import type { Connection } from '../realtime/connection.js';

/**
 * Lets the stream of silence flow.
 *
 * @throws role.required
 * @throws media.not_found - it is not this connection's, or over. @throws media.unsupported
 */
export async function resumeTrial(deps: Deps, actor: Actor, input: ResumeTrial, connection: Connection): Promise<Record<string, never>> {
  accessDoctor(actor, deps.now());
  await deps.stages.trials.resume(connection.id, input);
  return {};
}
