/** What stands before every request: an id, security headers, and the origin check. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { AppError } from '../../shared/failures.js';

/** Gives each request an id, told in `X-Request-Id` and in the log. */
export const giveRequestId: RequestHandler = (_request, response, next) => {
  response.locals['requestId'] = randomUUID();
  response.locals['nonce'] = randomBytes(16).toString('base64');
  response.setHeader('X-Request-Id', response.locals['requestId'] as string);
  next();
};

/** The nonce of this answer's styles. */
export const nonceOf = (response: Response): string => response.locals['nonce'] as string;

/** @param isHttps - whether people come by https; only then is plain http forbidden to browsers. */
export function secureHeaders(isHttps: boolean): RequestHandler {
  return helmet({
    strictTransportSecurity: isHttps,
    crossOriginEmbedderPolicy: false,
    // Helmet's `no-referrer` makes browsers send `Origin: null` with our own forms (the sandbox's checkout), which `checkOrigin` refuses.
    referrerPolicy: { policy: 'same-origin' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", (_request, response) => `'nonce-${nonceOf(response as Response)}'`],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        // The sandbox's checkout is our own page; Stripe's is reached by navigation, after a form of ours was answered.
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
  });
}

/** For pages with people's names that only those should find who were given the address. */
export const keepFromSearch: RequestHandler = (_request, response, next) => {
  response.setHeader('X-Robots-Tag', 'noindex');
  next();
};

/** Judges an `Origin` header. Browsers send none on same-origin GETs; everything that changes something must carry ours. */
export function ownOrigin(publicUrl: string): (origin: string | undefined) => boolean {
  const own = new URL(publicUrl);
  const allowed = new Set([own.origin]);
  // On a developer's machine the same house is reached by either name.
  if (own.hostname === 'localhost') allowed.add(own.origin.replace('localhost', '127.0.0.1'));
  return (origin) => origin === undefined || allowed.has(origin);
}

/** Refuses what another site's page sends in a member's name. */
export function checkOrigin(isOwnOrigin: (origin: string | undefined) => boolean): RequestHandler {
  return (request, _response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnOrigin(request.headers.origin)) throw new AppError('origin.refused');
    next();
  };
}
