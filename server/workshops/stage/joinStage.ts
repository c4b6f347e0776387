import type { StageView } from '../../../shared/contracts/live/stage.js';
import type { InWorkshop } from '../../../shared/contracts/workshops.js';
import { AppError } from '../../../shared/failures.js';
import { stageDoor } from '../../access/accessStage.js';
import { accessOpenWorkshop } from '../../access/accessWorkshop.js';
import { viewPerson, type Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { presentersChannel, stageChannel } from '../../realtime/channels.js';
import type { Connection } from '../../realtime/connection.js';
import { judgeAgain } from '../inside/judgeAgain.js';
import { letIn } from '../inside/letIn.js';
import { letOut } from '../inside/letOut.js';
import { leaveStage } from './leaveStage.js';

/**
 * Comes to the stage with this connection: hosts and speakers may present, and may come before the workshop is live to rehearse unseen.
 * Everybody else waits in its lobby till then, with a transport to receive by and nothing to receive: `stage.look` follows.
 * Whoever is on stage is inside the workshop too. After the stage has opened its transports the right, the workshop's state
 * and the connection are judged again: what ended meanwhile found no media to close.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws workshop.wrong_state - it is over.
 * @throws media.preparing | media.unavailable
 * @throws media.not_found - the connection left, or joined once more, while it was joining.
 * @throws server.busy - the nodes do not agree just now on where the stage stands.
 */
export async function joinStage(deps: Deps, actor: Actor, input: InWorkshop, connection: Connection): Promise<StageView> {
  const { workshopId } = input;
  const workshop = await accessOpenWorkshop(actor, workshopId, 'enter', deps.now());
  const { canHost, canPresent } = await letIn(deps, actor, workshop, connection);
  // In the channel before the stage is read, so that no track falls between.
  const wasOpen = stageDoor(workshop, canPresent) === 'open';
  if (wasOpen) await connection.enter(stageChannel(workshopId));
  if (canPresent) await connection.enter(presentersChannel(workshopId));
  const stage = await deps.stages.join(workshopId, { connectionId: connection.id, person: viewPerson(actor) }, canPresent).catch(async (error: unknown) => {
    await leaveStage(deps, actor, input, connection);
    throw error;
  });
  await checkStill(deps, actor, workshopId, connection, { mayPresent: canPresent, wasOpen });
  if (canHost) await deps.rosters.hostCame(workshopId, actor.memberId);
  return wasOpen ? stage : { ...stage, tracks: [], speakingTrackId: null };
}

async function checkStill(deps: Deps, actor: Actor, workshopId: string, connection: Connection, { mayPresent, wasOpen }: { mayPresent: boolean; wasOpen: boolean }): Promise<void> {
  const now = await judgeAgain(deps, actor, workshopId, connection).catch(async (error: unknown) => {
    await letOut(deps, workshopId, actor.memberId, connection, connection.isOpen() ? 'removed' : 'lost');
    throw error;
  });
  try {
    const door = stageDoor(now.workshop, now.canPresent);
    if (door === 'closed') throw new AppError('workshop.wrong_state', { state: now.workshop.state });
    if ((mayPresent && !now.canPresent) || (wasOpen && door !== 'open')) throw new AppError('workshop.not_found');
  } catch (error) {
    await leaveStage(deps, actor, { workshopId }, connection);
    throw error;
  }
}
