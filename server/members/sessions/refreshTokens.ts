/**
 * Refresh tokens. What a browser keeps is `<family>.<token>`, both 32 bytes in base64url: the family finds the signed-in
 * browser, the token is good once. The store knows SHA-256 hashes only.
 *
 * The next token is derived from the one before it and a random salt (HMAC-SHA-256). Whoever comes with the token before,
 * within a short grace, is therefore handed the very same next one: two tabs that race, or a reply that was lost on its
 * way, end with one good token. Neither the store's content nor an old token is enough to derive it.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A refresh token as the browser keeps it, taken apart. */
export interface RefreshToken {
  family: string;
  token: string;
}

/** For how long the token before the good one is still answered. */
export const graceMs = 10_000;
/** A browser that does not come back for this long is signed out. */
const sessionDays = 30;

const bytes = 32;
const form = /^([\w-]{43})\.([\w-]{43})$/;

/** SHA-256, hex: all that is kept of a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** 32 random bytes in base64url. */
export function randomToken(): string {
  return randomBytes(bytes).toString('base64url');
}

/** The token that follows `token`. */
export function nextToken(token: string, salt: string): string {
  return createHmac('sha256', token).update(salt).digest('base64url');
}

/** The value of the cookie. */
export function writeRefreshToken({ family, token }: RefreshToken): string {
  return `${family}.${token}`;
}

/** Reads the value of the cookie; null for what is not of its form. */
export function readRefreshToken(value: string | undefined): RefreshToken | null {
  const [, family, token] = form.exec(value ?? '') ?? [];
  return family !== undefined && token !== undefined ? { family, token } : null;
}

/** When a session that is used now ends by itself. */
export function sessionEnd(now: Date): Date {
  return new Date(now.getTime() + sessionDays * 86_400_000);
}
