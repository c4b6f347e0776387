/** The cookie that keeps the refresh token: never seen by scripts, never sent by other sites, sent only where it is used. */
import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { readRefreshToken, writeRefreshToken, type RefreshToken } from './refreshTokens.js';

const name = 'guildhall_session';

function options(publicUrl: string): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', path: '/api/session', secure: publicUrl.startsWith('https:') };
}

export function readRefreshCookie(request: Request): RefreshToken | null {
  return readRefreshToken(parseCookie(request.headers.cookie ?? '')[name]);
}

/** @param expiresAt - when the browser may forget it. */
export function setRefreshCookie(response: Response, publicUrl: string, token: RefreshToken, expiresAt: Date): void {
  response.cookie(name, writeRefreshToken(token), { ...options(publicUrl), expires: expiresAt });
}

export function clearRefreshCookie(response: Response, publicUrl: string): void {
  response.clearCookie(name, options(publicUrl));
}
