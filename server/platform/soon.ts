/** What is told of something that changes fast: at once, and then no oftener than once in a span, the newest last. */
import type { Logger } from './logger.js';

export interface Soon {
  /** Tells of `what`: now, or when its span is over; whoever asks meanwhile is served by that same telling. */
  tell(what: string, tellNow: () => Promise<void>): void;
  /** Tells at once whatever waits, and resolves when all is told. */
  drain(): Promise<void>;
  /** Tells nothing more. */
  close(): void;
}

/** What was told within the span. */
interface Entry {
  timer: NodeJS.Timeout;
  /** What is to be told at the end of the span. */
  next: (() => Promise<void>) | null;
}

/** @param everyMs - the span. */
export function createSoon(log: Logger, everyMs = 1_000): Soon {
  const recent = new Map<string, Entry>();
  const underWay = new Set<Promise<void>>();
  let isClosed = false;

  const run = (what: string, tellNow: () => Promise<void>): void => {
    recent.set(what, { timer: setTimeout(() => end(what), everyMs).unref(), next: null });
    const work = tellNow().catch((error: unknown) => log.warn({ err: error, what }, 'something that changes fast could not be told'));
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };
  const end = (what: string): void => {
    const entry = recent.get(what);
    recent.delete(what);
    clearTimeout(entry?.timer);
    if (entry?.next) run(what, entry.next);
  };

  return {
    tell(what, tellNow) {
      if (isClosed) return;
      const entry = recent.get(what);
      if (entry) entry.next = tellNow;
      else run(what, tellNow);
    },
    async drain() {
      for (const what of [...recent.keys()]) end(what);
      await Promise.all(underWay);
    },
    close() {
      isClosed = true;
      for (const { timer } of recent.values()) clearTimeout(timer);
      recent.clear();
    },
  };
}
