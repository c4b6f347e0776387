import type { SignUp } from '../../shared/contracts/members.js';
import type { Deps } from '../deps.js';
import { makeMember } from './makeMember.js';
import { openSession, type SignedIn } from './sessions/openSession.js';

/**
 * Makes a member and signs their browser in.
 *
 * @throws member.email_taken
 */
export async function signUp(deps: Deps, input: SignUp, device: string): Promise<SignedIn> {
  return openSession(deps, await makeMember(deps, input, 'member'), device);
}
