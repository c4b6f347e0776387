import { randomBytes } from 'node:crypto';
import { AppError } from '../../../shared/failures.js';
import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';
import { Session, type SessionDocument } from '../../models/session.js';
import { endSessionNow } from './endSession.js';
import { viewSession } from '../members.views.js';
import type { SignedIn } from './openSession.js';
import { graceMs, hashToken, nextToken, sessionEnd, type RefreshToken } from './refreshTokens.js';

/**
 * Exchanges a refresh token for the next one and a new access token.
 *
 * A token is good once. For `graceMs` after it was used it is answered with the very same next token, so that tabs that
 * race and replies that get lost end nobody's session. After that it proves that two hold the family, and the family ends.
 *
 * @throws session.required - no token was brought.
 * @throws session.expired - the family is unknown, has ended, or its member is gone.
 * @throws session.reused - the token was used before; the family has ended on every node.
 */
export async function refreshSession(deps: Deps, brought: RefreshToken | null): Promise<SignedIn> {
  if (!brought) throw new AppError('session.required');
  const familyHash = hashToken(brought.family);
  const session = await Session.findFamily(familyHash, deps.now());
  const member = session && (await Member.findById(session.memberId).lean());
  if (!session || !member) throw new AppError('session.expired');

  const sessionId = String(session._id);
  const next = (await useToken(deps, session, brought.token)) ?? (await useAgain(deps, familyHash, brought.token));
  if (next === null) {
    await endSessionNow(deps, String(session.memberId), sessionId);
    throw new AppError('session.reused');
  }
  return { sessionId, view: await viewSession(deps, member, sessionId), refreshToken: { family: brought.family, token: next }, expiresAt: sessionEnd(deps.now()) };
}

/** The next token, if this one is the good one and nobody else used it meanwhile. */
async function useToken(deps: Deps, session: SessionDocument, token: string): Promise<string | null> {
  const now = deps.now();
  const rotationSalt = randomBytes(32).toString('base64url');
  const next = nextToken(token, rotationSalt);
  const isFirst = await Session.rotate(session._id, hashToken(token), { tokenHash: hashToken(next), rotationSalt, rotatedAt: now, expiresAt: sessionEnd(now) });
  return isFirst ? next : null;
}

/** The next token once more, if this one was used just now. */
async function useAgain(deps: Deps, familyHash: string, token: string): Promise<string | null> {
  const now = deps.now();
  const session = await Session.findFamily(familyHash, now);
  if (!session) throw new AppError('session.expired');
  const isInGrace = session.previousHash === hashToken(token) && now.getTime() - session.rotatedAt.getTime() <= graceMs;
  return isInGrace && session.rotationSalt !== null ? nextToken(token, session.rotationSalt) : null;
}
