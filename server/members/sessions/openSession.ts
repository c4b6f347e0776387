import type { SessionView } from '../../../shared/contracts/members.js';
import type { Deps } from '../../deps.js';
import type { MemberDocument } from '../../models/member.js';
import { Session } from '../../models/session.js';
import { viewSession } from '../members.views.js';
import { hashToken, randomToken, sessionEnd, type RefreshToken } from './refreshTokens.js';

/** What a browser that has just proved who it is for is given. */
export interface SignedIn {
  sessionId: string;
  /** For the client's memory. */
  view: SessionView;
  /** For the cookie. */
  refreshToken: RefreshToken;
  /** When the refresh token ends if it is not used. */
  expiresAt: Date;
}

/**
 * Signs a browser in: the start of a new family of refresh tokens. Whoever calls it has proved who the member is.
 *
 * @param device - what the browser is called in the member's list; may be empty.
 */
export async function openSession(deps: Deps, member: Omit<MemberDocument, 'passwordHash'>, device: string): Promise<SignedIn> {
  const now = deps.now();
  const refreshToken = { family: randomToken(), token: randomToken() };
  const session = await Session.create({
    memberId: member._id,
    familyHash: hashToken(refreshToken.family),
    tokenHash: hashToken(refreshToken.token),
    rotatedAt: now,
    device,
    createdAt: now,
    expiresAt: sessionEnd(now),
  });
  const sessionId = String(session._id);
  return { sessionId, view: await viewSession(deps, member, sessionId), refreshToken, expiresAt: session.expiresAt };
}
