/** A browser as far as signing in goes: keeps the refresh cookie, and shows the access token it was given. */
import { parseSetCookie } from 'cookie';
import type { z } from 'zod';
import type { Route } from '../../../shared/define.js';
import type { Reply } from '../../../shared/failures.js';

export interface Browser {
  /** The refresh cookie's value; null when it has none. */
  cookie: string | null;
  /** The whole line the cookie was set with last. */
  cookieLine: string;
  token: string | null;
  ask<R extends Route>(route: R, input?: z.input<R['input']>): Promise<Reply<z.output<R['output']>>>;
}

/** @param userAgent - what it calls itself. */
export function openBrowser(url: string, userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'): Browser {
  const browser: Browser = {
    cookie: null,
    cookieLine: '',
    token: null,
    async ask<R extends Route>(route: R, input: z.input<R['input']> = {} as z.input<R['input']>) {
      const fields = new Map(Object.entries(input as Record<string, unknown>));
      const path = route.path.replace(/:(\w+)/g, (_whole, name: string) => {
        const value = String(fields.get(name));
        fields.delete(name);
        return value;
      });
      const response = await fetch(`${url}${path}`, {
        method: route.method.toUpperCase(),
        headers: {
          'content-type': 'application/json',
          'user-agent': userAgent,
          ...(browser.cookie ? { cookie: `guildhall_session=${browser.cookie}` } : {}),
          ...(browser.token ? { authorization: `Bearer ${browser.token}` } : {}),
        },
        ...(route.method === 'get' ? {} : { body: JSON.stringify(Object.fromEntries(fields)) }),
      });
      keepCookie(browser, response.headers.getSetCookie());
      return readReply(browser, route, await response.json());
    },
  };
  return browser;
}

function keepCookie(browser: Browser, lines: readonly string[]): void {
  for (const line of lines) {
    const { name, value } = parseSetCookie(line);
    if (name !== 'guildhall_session') continue;
    browser.cookieLine = line;
    browser.cookie = value ? value : null;
  }
}

function readReply<R extends Route>(browser: Browser, route: R, reply: unknown): Reply<z.output<R['output']>> {
  const answered = reply as Reply<unknown>;
  if (!answered.ok) return answered;
  const data = route.output.parse(answered.data) as z.output<R['output']>;
  if (typeof data === 'object' && data !== null && 'accessToken' in data) browser.token = String(data.accessToken);
  return { ok: true, data };
}

/** The data of a reply that must have gone well. */
export function dataOf<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new Error(`refused with ${reply.failure.code}`);
  return reply.data;
}

/** The code of a reply that must have been refused. */
export function codeOf(reply: Reply<unknown>): string {
  if (reply.ok) throw new Error('was not refused');
  return reply.failure.code;
}
