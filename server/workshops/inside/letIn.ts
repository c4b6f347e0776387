import { isAhead } from '../../../shared/contracts/workshops.js';
import { judgeWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Attendance } from '../../models/attendance/stay.js';
import type { WorkshopDocument } from '../../models/workshop.js';
import { hostsChannel, insideChannel, queueChannel, workshopChannel } from '../../realtime/channels.js';
import type { Connection } from '../../realtime/connection.js';
import { judgeAgain, type Admitted } from './judgeAgain.js';
import { letOut } from './letOut.js';

/**
 * Lets a connection that was judged into a workshop: its channels, and its attendance while the workshop is not over.
 * Then judges again, and lets it out where that fails. Doing it again changes nothing.
 *
 * @throws workshop.not_found | session.expired - the right ended, or the connection closed, in between.
 */
export async function letIn(deps: Deps, actor: Actor, workshop: WorkshopDocument, connection: Connection): Promise<Admitted> {
  const workshopId = String(workshop._id);
  const { canHost, canModerate } = await judgeWorkshop(actor, workshop, deps.now());
  await connection.enter(workshopChannel(workshopId));
  await connection.enter(insideChannel(workshopId, actor.memberId));
  if (canHost) await connection.enter(hostsChannel(workshopId));
  if (canModerate) await connection.enter(queueChannel(workshopId));
  await deps.audience.came(workshopId, actor.memberId, connection.id);
  if (isAhead(workshop.state)) {
    await Attendance.begin({ workshopId, memberId: actor.memberId, connectionId: connection.id, nodeId: deps.bus.nodeId }, deps.now());
  }
  try {
    const admitted = await judgeAgain(deps, actor, workshopId, connection);
    if (!admitted.canHost) await connection.leave(hostsChannel(workshopId));
    if (!admitted.canModerate) await connection.leave(queueChannel(workshopId));
    return admitted;
  } catch (error) {
    await letOut(deps, workshopId, actor.memberId, connection, connection.isOpen() ? 'removed' : 'lost');
    throw error;
  }
}
