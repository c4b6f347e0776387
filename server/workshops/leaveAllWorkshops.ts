import type { Deps } from '../deps.js';
import { Attendance } from '../models/attendance/stay.js';
import type { Connection } from '../realtime/connection.js';
import { letOut } from './inside/letOut.js';

/** A connection is being lost: it leaves every workshop it is in, with its media and its attendance. */
export async function leaveAllWorkshops(deps: Deps, memberId: string, connection: Connection): Promise<void> {
  // Read before anything is awaited: a closed connection is in no channel.
  const inside = connection.inside('workshop');
  await Promise.all([
    // One that was entering just now may have its stay before its channel.
    Attendance.close(connection.id, null, 'lost', deps.now()),
    ...inside.map((workshopId) => letOut(deps, workshopId, memberId, connection, 'lost')),
  ]);
}
