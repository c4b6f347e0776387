import type { SignIn } from '../../../shared/contracts/members.js';
import { AppError } from '../../../shared/failures.js';
import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';
import { endSessionNow } from './endSession.js';
import { openSession, type SignedIn } from './openSession.js';
import { isPassword } from '../passwords.js';

/** How often one account may be tried from all addresses together; the route's own limit counts by address. */
const accountLimit = { points: 20, seconds: 15 * 60 };

/**
 * Signs a browser in by e-mail and password. An unknown e-mail and a wrong password take the same time and get the same answer.
 *
 * @throws member.wrong_credentials
 * @throws limits.too_many - too many tries for this account.
 */
export async function signIn(deps: Deps, { email, password }: SignIn, device: string): Promise<SignedIn> {
  await deps.limits.spend('sign in to an account', email, accountLimit);
  const member = await Member.findOne({ email }).select('+passwordHash').lean();
  if (!(await isPassword(password, member?.passwordHash ?? null)) || !member) throw new AppError('member.wrong_credentials');

  const signedIn = await openSession(deps, member, device);
  // Whoever changed the password meanwhile has ended all other sessions, and may have done so before this one was there.
  if (await Member.exists({ _id: member._id, passwordHash: member.passwordHash })) return signedIn;
  await endSessionNow(deps, String(member._id), signedIn.sessionId);
  throw new AppError('member.wrong_credentials');
}
