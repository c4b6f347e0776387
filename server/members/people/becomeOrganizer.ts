import type { BecomeOrganizer } from '../../../shared/contracts/members.js';
import { AppError } from '../../../shared/failures.js';
import type { Deps } from '../../deps.js';
import { Community } from '../../models/community.js';
import { Member } from '../../models/member.js';
import { makeMember } from '../makeMember.js';
import { openSession, type SignedIn } from '../sessions/openSession.js';
import { hashToken } from '../sessions/refreshTokens.js';

/**
 * Makes the first organizer, by the token of the link that `offerSetup` gave. The token is taken in one conditional write,
 * so of two who come with it one is made. Should the node die before the member is stored, the next start offers a new link.
 *
 * @throws setup.closed - there is an organizer, or the token is not the one that is out.
 * @throws member.email_taken - the token stays good.
 */
export async function becomeOrganizer(deps: Deps, { token, ...account }: BecomeOrganizer, device: string): Promise<SignedIn> {
  const setupHash = hashToken(token);
  if ((await Member.exists({ role: 'organizer' })) || !(await Community.takeSetup(setupHash))) throw new AppError('setup.closed');
  try {
    return await openSession(deps, await makeMember(deps, account, 'organizer'), device);
  } catch (error) {
    if (error instanceof AppError) await Community.returnSetup(setupHash);
    throw error;
  }
}
