import type { PauseTrack } from '../../../../shared/contracts/live/stage.js';
import { AppError } from '../../../../shared/failures.js';
import { accessWorkshop } from '../../../access/accessWorkshop.js';
import type { Actor } from '../../../access/actor.js';
import type { Deps } from '../../../deps.js';
import type { Connection } from '../../../realtime/connection.js';
import { StageRoster } from '../../../models/onStage/stageRoster.js';

/**
 * Pauses or resumes one of this connection's own tracks.
 *
 * @throws workshop.not_found - absent, or not this actor's to present on.
 * @throws stage.silenced - a host keeps them from sending this.
 * @throws media.not_found | media.stale_epoch | media.unavailable | server.busy
 */
export async function pauseTrack(deps: Deps, actor: Actor, input: PauseTrack, connection: Connection): Promise<Record<string, never>> {
  await accessWorkshop(actor, input.workshopId, 'present', deps.now());
  if (input.paused) await deps.stages.pauseTrack(connection.id, input);
  else await resume(deps, actor, input, connection);
  return {};
}

/** Judged before and after: what was silenced in between is paused again. */
async function resume(deps: Deps, actor: Actor, input: PauseTrack, connection: Connection): Promise<void> {
  const pause = () => deps.stages.pauseTrack(connection.id, { ...input, paused: true });
  const before = await StageRoster.silenced(input.workshopId, actor.memberId);
  // It is paused, being silenced; pausing it again tells which kind it is.
  if ((before.audio || before.video) && before[(await pause()).kind]) throw new AppError('stage.silenced');
  const { kind } = await deps.stages.pauseTrack(connection.id, input);
  if (!(await StageRoster.silenced(input.workshopId, actor.memberId))[kind]) return;
  await pause();
  throw new AppError('stage.silenced');
}
