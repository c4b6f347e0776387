/**
 * Work that is done again and again: never twice at once, never silently broken. What is due about the same time is done in
 * one go: to a process that has slept, the first query of a round costs several times what the others do.
 */
import type { Logger } from './logger.js';

export interface Job {
  name: string;
  /** How long it waits before it runs again, less what brings it to a round. */
  everyMs: number;
  /** In how many milliseconds it must run, where that is sooner; asked each time before it waits. */
  soonerMs?(): number | null;
  run(): Promise<void>;
}

export interface Schedule {
  /** Stops the timers and waits for what is running. */
  close(): Promise<void>;
}

/** Rounds are so far apart. */
const roundMs = 1_000;

/** Starts the jobs; each waits its span, runs, and only then waits again. */
export function startSchedule(jobs: readonly Job[], log: Logger): Schedule {
  let isClosed = false;
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();

  const runOnce = async (job: Job): Promise<void> => {
    try {
      await job.run();
    } catch (error) {
      log.error({ err: error, job: job.name }, 'a job failed; it runs again');
    }
    if (!isClosed) wait(job);
  };
  const wait = (job: Job): void => {
    const timer = setTimeout(() => {
      const work = runOnce(job);
      running.add(work);
      void work.finally(() => running.delete(work));
    }, Math.min(untilRound(job.everyMs), job.soonerMs?.() ?? Infinity));
    timer.unref();
    timers.set(job.name, timer);
  };
  jobs.forEach(wait);

  return {
    async close() {
      isClosed = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.allSettled(running);
    },
  };
}

/** Until the last round before the span is over. Rounds are counted from the start of the process, so those of several nodes are apart. */
function untilRound(spanMs: number): number {
  const now = performance.now();
  return Math.max(1, Math.floor((now + spanMs) / roundMs) * roundMs - now);
}
