import type { SignUp } from '../../shared/contracts/members.js';
import { AppError } from '../../shared/failures.js';
import type { Role } from '../../shared/roles.js';
import type { Deps } from '../deps.js';
import { isDuplicate } from '../models/duplicate.js';
import { Member, type MemberDocument } from '../models/member.js';
import { hashPassword } from './passwords.js';

/**
 * Stores a new account. Whoever calls it has judged that the role may be had.
 *
 * @throws member.email_taken
 */
export async function makeMember(deps: Pick<Deps, 'now'>, { email, name, password, language }: SignUp, role: Role): Promise<MemberDocument> {
  const passwordHash = await hashPassword(password);
  try {
    const member = await Member.create({ email, name, passwordHash, role, joinedAt: deps.now(), ...(language ? { language } : {}) });
    return member.toObject();
  } catch (error) {
    throw isDuplicate(error) ? new AppError('member.email_taken') : error;
  }
}
