import type { AttendanceHistory } from '../../../shared/contracts/attendance/attendance.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { viewHistory } from './attendance.views.js';

/** The actor's own attendance. Who was there may know it, whatever became of their ticket. */
export async function listMine(deps: Deps, actor: Actor): Promise<AttendanceHistory> {
  return viewHistory(deps, actor.memberId);
}
