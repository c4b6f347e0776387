import type { TrialView } from '../../shared/contracts/live/doctor.js';
import { AppError } from '../../shared/failures.js';
import { accessDoctor } from '../access/house/accessDoctor.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import type { Connection } from '../realtime/connection.js';

/**
 * Opens a trial of the road to this node, which is thrown away after it.
 *
 * @throws role.required
 * @throws media.preparing | media.unavailable | server.busy
 */
export async function openTrial(deps: Deps, actor: Actor, connection: Connection): Promise<TrialView> {
  accessDoctor(actor, deps.now());
  const opened = await deps.stages.trials.open(connection.id);
  // A connection that closed meanwhile found no trial to end.
  if (!connection.isOpen()) {
    deps.stages.trials.end(connection.id);
    throw new AppError('server.busy');
  }
  return { ...opened, ice: deps.stages.iceServers(actor.memberId) };
}
