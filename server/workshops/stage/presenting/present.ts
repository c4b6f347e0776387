import type { OnStage, TransportView } from '../../../../shared/contracts/live/stage.js';
import { AppError } from '../../../../shared/failures.js';
import { accessWorkshop } from '../../../access/accessWorkshop.js';
import type { Actor } from '../../../access/actor.js';
import type { Deps } from '../../../deps.js';
import { presentersChannel } from '../../../realtime/channels.js';
import type { Connection } from '../../../realtime/connection.js';
import { judgeAgain } from '../../inside/judgeAgain.js';

/**
 * Opens the send transport of a speaker who joined the stage as audience. Judged again when it stands: what ended
 * meanwhile found nothing to close.
 *
 * @throws workshop.not_found - absent, or not this actor's to present on.
 * @throws media.not_found | media.stale_epoch | media.unavailable | server.busy
 */
export async function present(deps: Deps, actor: Actor, input: OnStage, connection: Connection): Promise<TransportView> {
  const { workshopId } = input;
  await accessWorkshop(actor, workshopId, 'present', deps.now());
  await connection.enter(presentersChannel(workshopId));
  const send = await deps.stages.present(connection.id, input);
  const { canPresent } = await judgeAgain(deps, actor, workshopId, connection);
  if (canPresent) return send;
  await Promise.all([connection.leave(presentersChannel(workshopId)), deps.stages.endPresenting(workshopId, connection.id)]);
  throw new AppError('workshop.not_found');
}
