/** Measures how much of its core each media worker uses. */
import type { Worker } from 'mediasoup/types';

/** A worker that is watched: `cpu` is the share of one core it used in the last span, 0 to 1. */
export interface Watched {
  worker: Worker;
  cpu: number;
}

/** Long enough that a burst of joins does not look like a busy worker. Milliseconds. */
const spanMs = 10_000;

/** Measures again and again until it is stopped. */
export function watchCpu(workers: () => readonly Watched[]): { stop(): void } {
  const before = new WeakMap<Watched, { at: number; used: number }>();
  const measure = async (watched: Watched): Promise<void> => {
    // User and system time of the worker's process since its start, in milliseconds.
    const { ru_utime, ru_stime } = await watched.worker.getResourceUsage();
    const [now, used, last] = [performance.now(), ru_utime + ru_stime, before.get(watched)];
    if (last) watched.cpu = Math.min(1, (used - last.used) / (now - last.at));
    before.set(watched, { at: now, used });
  };
  const timer = setInterval(() => {
    // A worker that has just died cannot be asked.
    void Promise.allSettled(workers().map(measure));
  }, spanMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
