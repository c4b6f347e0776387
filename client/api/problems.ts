/** What can go wrong between client and server, and how a reply is read. */
import { AppError, failures, type FailureCode } from '../../shared/failures.js';

/** The server could not be reached, or did not answer in time: nothing is known of what was asked. */
export class OfflineError extends Error {
  constructor(cause?: unknown) {
    super('The server could not be reached.', { cause });
    this.name = 'OfflineError';
  }
}

/** Whether `error` is the named failure, told by the server. */
export function isFailure<C extends FailureCode>(error: unknown, code: C): error is AppError<C> {
  return error instanceof AppError && error.code === code;
}

/** Whether `error` says that the session no longer stands. */
export function isSessionFailure(error: unknown): boolean {
  return error instanceof AppError && error.code.startsWith('session.');
}

function isFailureCode(code: unknown): code is FailureCode {
  return typeof code === 'string' && Object.hasOwn(failures, code);
}

/** Reads a failure as it travelled; one this client does not know yet becomes `server.broke`. */
export function readFailure(failure: unknown): AppError {
  if (typeof failure === 'object' && failure !== null && 'code' in failure && isFailureCode(failure.code)) {
    const data = failures[failure.code].data.safeParse('data' in failure ? failure.data : {});
    if (data.success) return Reflect.construct(AppError, [failure.code, data.data]);
  }
  return new AppError('server.broke', { requestId: '' });
}

/**
 * Takes the data out of a reply (`Reply` in shared/failures).
 * @throws AppError - the failure the reply tells of.
 */
export function readReply(reply: unknown): unknown {
  if (typeof reply === 'object' && reply !== null && 'ok' in reply) {
    if (reply.ok === true && 'data' in reply) return reply.data;
    if (reply.ok === false && 'failure' in reply) throw readFailure(reply.failure);
  }
  throw readFailure(undefined);
}
