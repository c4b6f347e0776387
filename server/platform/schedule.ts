/** Work that is done again and again: never twice at once, never silently broken. */
import type { Logger } from './logger.js';

export interface Job {
  name: string;
  /** How long it waits before it runs again; asked each time where that depends. */
  everyMs: number | (() => number);
  run(): Promise<void>;
}

export interface Schedule {
  /** Stops the timers and waits for what is running. */
  close(): Promise<void>;
}

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
    }, typeof job.everyMs === 'number' ? job.everyMs : job.everyMs());
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
