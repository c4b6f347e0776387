import type { ConnectTrial } from '../../shared/contracts/live/doctor.js';
import { accessDoctor } from '../access/house/accessDoctor.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import type { Connection } from '../realtime/connection.js';

/**
 * Gives the browser's DTLS parameters to its trial.
 *
 * @throws role.required
 * @throws media.not_found - it is not this connection's, or over. @throws media.unsupported
 */
export async function connectTrial(deps: Deps, actor: Actor, input: ConnectTrial, connection: Connection): Promise<Record<string, never>> {
  accessDoctor(actor, deps.now());
  await deps.stages.trials.connect(connection.id, input);
  return {};
}
