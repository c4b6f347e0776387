/** What every request and answer of the pages has in common. */
import type { Request, Response } from 'express';

/**
 * The page's own content policy: no script, its own stylesheet, and forms that lead nowhere but here and, by redirect,
 * to the shop (browsers hold a form's redirects to `form-action` as well).
 */
export function protect(response: Response, shopUrl: string | null | undefined): void {
  const shop = shopUrl ? ` ${new URL(shopUrl).origin}` : '';
  response.set({
    'content-security-policy': `default-src 'none'; style-src 'self'; img-src data:; form-action 'self'${shop}; base-uri 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    // With `no-referrer` the page's own form would come with `Origin: null`, which the house refuses.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
}

/** What was written into a field of the form; empty when it was not there. */
export function fieldIn({ body }: Request, name: string): string {
  const value = new Map<string, unknown>(Object.entries((body ?? {}) as object)).get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** The session's id in the address. */
export const idOf = ({ params }: Request): string => (typeof params.id === 'string' ? params.id : '');
