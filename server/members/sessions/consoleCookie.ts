/**
 * The cookie by which an organizer's browser is known on the Stripe sandbox's plain pages, which cannot send an access token
 * in a header. It holds such a token, is never seen by scripts, never sent by other sites, and sent to those pages alone.
 */
import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';

const name = 'guildhall_console';

function options(publicUrl: string): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', path: '/stripe-sandbox', secure: publicUrl.startsWith('https:') };
}

/** The access token that the browser has brought, if any. */
export function readConsoleCookie(request: Request): string | undefined {
  return parseCookie(request.headers.cookie ?? '')[name];
}

/** Lasts as long as the browser is open; the token in it ends by itself, and with its session. */
export function setConsoleCookie(response: Response, publicUrl: string, accessToken: string): void {
  response.cookie(name, accessToken, options(publicUrl));
}

export function clearConsoleCookie(response: Response, publicUrl: string): void {
  response.clearCookie(name, options(publicUrl));
}
