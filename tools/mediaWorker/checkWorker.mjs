import { once } from 'node:events';
import { runChild } from '../setup/child.mjs';

/** What the worker exits with when it was not started by its Node library (`worker/src/main.cpp`). */
const strayExitCode = 41;

/**
 * Whether a program starts on this machine and is a mediasoup worker. It takes some milliseconds.
 *
 * @param {string} program Absolute path.
 * @returns {Promise<boolean>}
 */
export async function isWorker(program) {
  const result = await runChild(program, [], { env: {}, output: 'capture', timeoutMs: 10_000 });
  return result.code === strayExitCode;
}

/**
 * Starts a worker the way the server does, lets it make a router, and closes it again.
 *
 * @param {string} program Absolute path.
 * @returns {Promise<void>}
 * @throws Error when the worker dies or does not answer.
 */
export async function exerciseWorker(program) {
  const { createWorker } = await import('mediasoup');
  const worker = await createWorker({ workerBin: program });
  try {
    await worker.createRouter({ mediaCodecs: [{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 }] });
  } finally {
    const ended = once(worker, 'subprocessclose');
    worker.close();
    await ended;
  }
}
