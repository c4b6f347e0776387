import type { Request } from 'express';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { authenticate } from './authenticate.js';

const bearer = /^Bearer +(\S+)$/i;

/**
 * Who sent a request, by its `Authorization: Bearer` header (RFC 6750); null when it has none.
 *
 * @throws session.expired - the header is there and proves nobody.
 */
export function whoAsks(deps: Pick<Deps, 'tokens' | 'now'>): (request: Request) => Promise<Actor | null> {
  const prove = authenticate(deps);
  return async (request) => {
    const header = request.headers.authorization;
    return header === undefined ? null : prove(bearer.exec(header)?.[1] ?? '');
  };
}
