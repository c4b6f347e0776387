import type { OnStage, OnStageNow } from '../../../../shared/contracts/live/stage.js';
import { accessStage } from '../../../access/accessStage.js';
import type { Actor } from '../../../access/actor.js';
import type { Deps } from '../../../deps.js';
import { stageChannel } from '../../../realtime/channels.js';
import type { Connection } from '../../../realtime/connection.js';

/**
 * What is on stage, for whoever waited in the lobby until it went live; from the reply on its news comes to this connection.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws workshop.wrong_state - its stage is not open to them.
 * @throws media.not_found | media.stale_epoch | media.unavailable | server.busy
 */
export async function lookAtStage(deps: Deps, actor: Actor, input: OnStage, connection: Connection): Promise<OnStageNow> {
  await accessStage(actor, input.workshopId, deps.now());
  // In the channel before the stage is read, so that no track falls between.
  await connection.enter(stageChannel(input.workshopId));
  try {
    const now = await deps.stages.look(connection.id, input);
    // What ended while the connection was entering found it in no channel.
    await accessStage(actor, input.workshopId, deps.now());
    return now;
  } catch (error) {
    await connection.leave(stageChannel(input.workshopId));
    throw error;
  }
}
