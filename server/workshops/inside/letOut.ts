import type { Deps } from '../../deps.js';
import { Attendance, type LeaveReason } from '../../models/attendance/stay.js';
import { hostsChannel, insideChannel, presentersChannel, queueChannel, stageChannel, workshopChannel } from '../../realtime/channels.js';
import type { Connection } from '../../realtime/connection.js';

/** Takes a connection out of a workshop: its channels, its media, its attendance. Harmless where it is not inside. */
export async function letOut(deps: Deps, workshopId: string, memberId: string, connection: Connection, reason: LeaveReason): Promise<void> {
  const channels = [workshopChannel(workshopId), insideChannel(workshopId, memberId), hostsChannel(workshopId), queueChannel(workshopId), presentersChannel(workshopId), stageChannel(workshopId)];
  await Promise.all([
    ...channels.map((channel) => connection.leave(channel)),
    deps.stages.leave(workshopId, connection.id),
    deps.audience.left(workshopId, memberId, connection.id),
    Attendance.close(connection.id, workshopId, reason, deps.now()),
  ]);
  deps.rosters.look(workshopId);
}
