/** Access tokens: short-lived JWTs (HS256) that name a member and a signed-in browser. */

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
