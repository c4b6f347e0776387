import type { AttendanceHistory } from '../../../shared/contracts/attendance/attendance.js';
import { AppError } from '../../../shared/failures.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';
import { viewHistory } from './attendance.views.js';

/**
 * A member's attendance over all workshops, for the organizer.
 *
 * @throws member.not_found - there is no such member.
 */
export async function showHistory(deps: Deps, _actor: Actor, input: { memberId: string }): Promise<AttendanceHistory> {
  if (!(await Member.exists({ _id: input.memberId }))) throw new AppError('member.not_found');
  return viewHistory(deps, input.memberId);
}
