import type { Deps } from '../../deps.js';
import { Attendance } from '../../models/attendance/stay.js';

/** Proves that this node, and with it every connection it has in a workshop, is alive. Due well within the lease. */
export async function renewAttendance(deps: Deps): Promise<void> {
  await Attendance.renew(deps.bus.nodeId, deps.now());
}
