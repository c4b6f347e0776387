import type { Deps } from '../deps.js';
import { Community } from '../models/community.js';
import { Member } from '../models/member.js';
import { hashToken, randomToken } from './sessions/refreshTokens.js';

/**
 * The link that makes the first organizer, good once; null when there is an organizer. Each offer voids the one before it.
 */
export async function offerSetup(deps: Deps): Promise<string | null> {
  if (await Member.exists({ role: 'organizer' })) return null;
  const token = randomToken();
  await Community.offerSetup(hashToken(token));
  return `${deps.publicUrl}/setup?token=${token}`;
}
