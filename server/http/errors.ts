/** The HTTP side's only place where errors become answers: rows of `shared/failures.ts`, nothing else. */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { AppError, failures, type Failure } from '../../shared/failures.js';
import type { Logger } from '../platform/logger.js';

export const notFound: RequestHandler = () => {
  throw new AppError('route.not_found');
};

/** Turns whatever was thrown into a failure; what is not ours is logged under the request's id and told as `server.broke`. */
export function answerErrors(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const failure = asFailure(error, response.locals['requestId'] as string);
    if (failure.code === 'server.broke') log.error({ requestId: response.locals['requestId'], method: request.method, path: request.path, err: error }, 'a request broke');
    response.status(failures[failure.code].status).json({ ok: false, failure });
  };
}

function asFailure(error: unknown, requestId: string): Failure {
  if (error instanceof AppError) return error.failure;
  // Express's own parts throw errors with a 4xx status: a file that is not there, a body that is too large, cut off, or not JSON.
  if (error instanceof Error && 'status' in error && Number(error.status) < 500) {
    if (Number(error.status) === 404) return { code: 'route.not_found', data: {} };
    return { code: 'input.invalid', data: { problems: [{ path: '', message: 'type' in error ? String(error.type) : error.message }] } };
  }
  if (error instanceof URIError) return { code: 'route.not_found', data: {} };
  return { code: 'server.broke', data: { requestId } };
}
