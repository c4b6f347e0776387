import { setImmediate as nextTurn } from 'node:timers/promises';

/** The share of a commit's time, and the most milliseconds, that a transaction waits for writers who are expected to come back. */
const patienceShare = 0.5;
const mostPatience = 4;

/**
 * How long a transaction waits for more jobs to share its fsync. Writers that have just been answered mostly come back at once; a
 * transaction that started with the first of them would leave the others to the one after. A lone writer never waits.
 */
export class Gathering {
  /** How many jobs the next transaction hopes for. */
  #expected = 0;
  #commitTime = 0;
  #whenComplete: (() => void) | undefined;

  /** Tells how a transaction went: its jobs, those that came meanwhile, and its milliseconds. */
  committed(jobs: number, waiting: number, time: number): void {
    this.#commitTime = time;
    this.#expected = jobs + waiting > 1 ? jobs + waiting : 0;
  }

  /** Tells how many jobs wait now. */
  noteWaiting(waiting: number): void {
    if (waiting >= this.#expected) this.#whenComplete?.();
  }

  /** Settles when the expected jobs are there, or the moment is over. */
  async wait(waiting: () => number): Promise<void> {
    if (waiting() >= this.#expected) return;
    const patience = Math.min(this.#commitTime * patienceShare, mostPatience);
    // Timers count in whole milliseconds; where the disk is fast, some turns of the event loop are the moment.
    if (patience < 1) {
      for (const end = performance.now() + patience; waiting() < this.#expected && performance.now() < end; ) await nextTurn();
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.#whenComplete = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#whenComplete = undefined;
  }
}
