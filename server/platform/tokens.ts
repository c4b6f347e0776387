/** Access tokens: short-lived JWTs (RFC 7519, HS256) that name a member and a signed-in browser. */
import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { AppError } from '../../shared/failures.js';
import { Id } from '../../shared/ids.js';

export interface AccessToken {
  memberId: string;
  sessionId: string;
}

export interface Tokens {
  /** Signs a token and tells when it ends. */
  sign(claims: AccessToken): { token: string; expiresAt: Date };
  /**
   * @throws session.expired - it has expired, or is not ours.
   */
  verify(token: string): AccessToken;
}

const Claims = z.object({ sub: Id, sid: Id });
const issuer = 'guildhall';

/** @param secret - at least 32 bytes, the same on all nodes. */
export function createTokens(secret: string, now: () => Date, lifeSeconds = 600): Tokens {
  // Of a mere string the library tries anew with each token whether it is a public key, which costs more than all the rest.
  const key = createSecretKey(secret, 'utf8');
  const seconds = (): number => Math.floor(now().getTime() / 1000);
  return {
    sign({ memberId, sessionId }) {
      const exp = seconds() + lifeSeconds;
      const token = jwt.sign({ sub: memberId, sid: sessionId, iat: seconds(), exp }, key, { algorithm: 'HS256', issuer });
      return { token, expiresAt: new Date(exp * 1000) };
    },
    verify(token) {
      try {
        const claims = Claims.parse(jwt.verify(token, key, { algorithms: ['HS256'], issuer, clockTimestamp: seconds() }));
        return { memberId: claims.sub, sessionId: claims.sid };
      } catch {
        throw new AppError('session.expired');
      }
    },
  };
}
