import type { ChangePassword } from '../../shared/contracts/members.js';
import { AppError } from '../../shared/failures.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Member } from '../models/member.js';
import { Session } from '../models/session.js';
import { endSessionNow } from './sessions/endSession.js';
import { hashPassword, isPassword } from './passwords.js';

/**
 * Changes the member's password and signs every other browser of theirs out.
 *
 * @throws member.wrong_credentials - the current password is another.
 */
export async function changePassword(deps: Deps, actor: Actor, { current, next }: ChangePassword): Promise<Record<string, never>> {
  const member = await Member.findById(actor.memberId).select('+passwordHash').orFail().lean();
  if (!(await isPassword(current, member.passwordHash))) throw new AppError('member.wrong_credentials');

  const changed = await Member.updateOne({ _id: actor.memberId, passwordHash: member.passwordHash }, { $set: { passwordHash: await hashPassword(next) } });
  if (changed.modifiedCount === 0) throw new AppError('member.wrong_credentials');
  for (const session of await Session.listLive(actor.memberId, deps.now())) {
    if (String(session._id) !== actor.sessionId) await endSessionNow(deps, actor.memberId, String(session._id));
  }
  return {};
}
