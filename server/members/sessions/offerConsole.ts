import type { RequestHandler, Router } from 'express';
import { AppError } from '../../../shared/failures.js';
import type { Deps } from '../../deps.js';
import { authenticate } from '../authenticate.js';
import { readConsoleCookie, setConsoleCookie } from './consoleCookie.js';

/** Says to the sandbox's pages (`response.locals.mayOpenConsole`) whether an organizer asks; whoever works there stays known. */
export function offerConsole(deps: Pick<Deps, 'tokens' | 'now' | 'publicUrl'>): RequestHandler {
  const prove = authenticate(deps);
  return async (request, response, next) => {
    const brought = readConsoleCookie(request);
    const actor = brought === undefined ? null : await prove(brought).catch(asNobody);
    if (actor?.role === 'organizer') {
      response.locals['mayOpenConsole'] = true;
      setConsoleCookie(response, deps.publicUrl, deps.tokens.sign(actor).token);
    }
    next();
  };
}

function asNobody(error: unknown): null {
  if (error instanceof AppError) return null;
  throw error;
}

/** For everybody else the console is not there: what they ask for is answered as any address that leads nowhere. */
export function onlyWhereOffered(console: Router): RequestHandler {
  return (request, response, next) => {
    if (response.locals['mayOpenConsole'] === true) console(request, response, next);
    else next();
  };
}
