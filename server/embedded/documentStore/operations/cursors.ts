import { randomBytes } from 'node:crypto';
import { Long } from 'bson';
import { StoreFailure } from '../failures.js';

/** How many documents and bytes one batch may hold. */
export interface BatchLimit { readonly count: number; readonly bytes: number }

/** The bytes of documents one reply carries at most (the message around them has its own room). */
export const maxBatchBytes = 16 * 1024 * 1024;

/**
 * An open cursor: what is left of an answer. As MongoDB's, it is open until the search has been seen to end: after a last
 * batch that is just full, the next one is empty. Only a limit that is reached is known without looking.
 */
export class Cursor {
  readonly id: Long;
  readonly namespace: string;
  lastUsed = performance.now();
  readonly keepOpen: boolean;
  /** How many documents there may still be. */
  #left: number;
  readonly #source: AsyncIterator<Buffer[]>;
  #held: Buffer[] = [];
  #ended = false;
  #busy = false;

  constructor(namespace: string, source: AsyncIterable<Buffer[]>, { keepOpen, most }: { keepOpen: boolean; most: number }) {
    // Positive and never zero: zero tells a driver that there is nothing left.
    this.id = new Long(randomBytes(4).readInt32LE() | 1, randomBytes(4).readInt32LE() & 0x7fffffff);
    this.namespace = namespace;
    this.keepOpen = keepOpen;
    this.#left = most;
    this.#source = source[Symbol.asyncIterator]();
  }

  /**
   * The next batch, and whether it was the last.
   * @throws 12051 while another batch is being taken
   */
  async take(limit: BatchLimit): Promise<{ batch: Buffer[]; ended: boolean }> {
    if (this.#busy) throw new StoreFailure(12051, `cursor id ${this.id.toString()} is already in use`);
    this.#busy = true;
    try {
      return await this.#fill(limit);
    } finally {
      this.#busy = false;
      this.lastUsed = performance.now();
    }
  }

  async #fill(limit: BatchLimit): Promise<{ batch: Buffer[]; ended: boolean }> {
    const batch: Buffer[] = [];
    let bytes = 0;
    for (;;) {
      while (this.#held.length > 0 && batch.length < limit.count) {
        const next = this.#held[0] as Buffer;
        if (batch.length > 0 && bytes + next.length > limit.bytes) return { batch, ended: false };
        batch.push(next);
        bytes += next.length;
        this.#left -= 1;
        this.#held.shift();
      }
      if (this.#held.length > 0) return { batch, ended: false };
      if (this.#ended || this.#left <= 0) return { batch, ended: true };
      if (batch.length >= limit.count) return { batch, ended: false };
      await this.#pull();
    }
  }

  async #pull(): Promise<void> {
    const { value, done } = await this.#source.next();
    if (done === true) this.#ended = true;
    else this.#held = value;
  }

  /** Lets the search behind it go. */
  async close(): Promise<void> {
    if (!this.#busy) await this.#source.return?.();
  }
}

/** The open cursors of a store. */
export class Cursors {
  readonly #open = new Map<string, Cursor>();
  readonly #timeout: number;
  readonly #sweeper: NodeJS.Timeout;

  /** @param timeout milliseconds after which an unused cursor is closed */
  constructor(timeout: number) {
    this.#timeout = timeout;
    this.#sweeper = setInterval(() => this.#sweep(), Math.min(timeout, 60_000)).unref();
  }

  /** Keeps a cursor for later batches. */
  keep(cursor: Cursor): void {
    this.#open.set(cursor.id.toString(), cursor);
  }

  /** An open cursor of a collection. @throws CursorNotFound (43) */
  find(id: Long, namespace: string): Cursor {
    const cursor = this.#open.get(id.toString());
    if (cursor === undefined || cursor.namespace !== namespace) throw new StoreFailure('CursorNotFound', `cursor id ${id.toString()} not found`);
    return cursor;
  }

  /** Closes a cursor; false when there is none. */
  async kill(id: Long): Promise<boolean> {
    const cursor = this.#open.get(id.toString());
    this.#open.delete(id.toString());
    await cursor?.close();
    return cursor !== undefined;
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  #sweep(): void {
    const oldest = performance.now() - this.#timeout;
    for (const cursor of this.#open.values()) {
      if (!cursor.keepOpen && cursor.lastUsed < oldest) void this.kill(cursor.id);
    }
  }

  /** Closes all of them. */
  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    for (const cursor of [...this.#open.values()]) await this.kill(cursor.id);
  }
}
