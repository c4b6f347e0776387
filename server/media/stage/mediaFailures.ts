/** What mediasoup throws, as failures a client can be told of. */
import { NotFoundError, WorkerClosedError } from 'mediasoup/errors';
import { AppError } from '../../../shared/failures.js';

/**
 * Waits for work that mediasoup does on a client's parameters. Whatever mediasoup or its worker refuses there, it refuses
 * because of them: a TypeError or UnsupportedError from the library's own checks, a plain Error from the worker's.
 *
 * @throws media.not_found - what it was to be done on has closed.
 * @throws media.unsupported - the parameters make no sense to mediasoup.
 */
export async function judgeByMediasoup<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof WorkerClosedError || error instanceof NotFoundError) throw new AppError('media.not_found');
    throw new AppError('media.unsupported');
  }
}
