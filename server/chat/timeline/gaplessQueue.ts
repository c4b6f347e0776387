import { setTimeout as pause } from 'node:timers/promises';
import type { Types } from 'mongoose';
import { AppError } from '../../../shared/failures.js';
import { isDuplicate } from '../../models/duplicate.js';
import type { Logger } from '../../platform/logger.js';

/** A document that a queue stores, under a number of its own. */
export interface Numbered {
  _id: Types.ObjectId;
}

/** Where one queue's documents stand, and how they are numbered there. */
export interface Shelf<D extends Numbered> {
  /** The newest number that stands; 0 where nothing does. */
  newest(): Promise<number>;
  numberOf(document: D): number;
  /** Gives the document its number for the next attempt to store it. */
  number(document: D, to: number): void;
  /** What names the document: of two with the same key only one can stand. */
  keyOf(document: D): string;
  /** Stores them one after the other and stops at the first that is refused. */
  storeInOrder(documents: readonly D[]): Promise<void>;
  /** What stands under the keys of these documents. */
  findStanding(documents: readonly D[]): Promise<D[]>;
}

/** A document on its way, with whatever is needed to tell of it. */
export interface Entry<D extends Numbered> {
  document: D;
}

/** An entry whose sender waits for the answer. */
interface Waiting<D extends Numbered, E extends Entry<D>> {
  entry: E;
  answer(standing: D): void;
  refuse(error: AppError): void;
}

/** How many may wait; more are refused with `server.busy`. */
const waitingMax = 1_000;
/** How many are stored, and told, at once. */
const batchMax = 64;
/** A busy sequence is written no oftener than this: each push to a full room costs its receivers' share of a core, however little it tells. */
const gatherMs = 5;
/** How often a batch may find that another node was faster before its senders are refused. */
const attemptsMax = 50;
/** How many documents with an unknown outcome are remembered. */
const unsureMax = 1_000;

/**
 * One gapless sequence, as far as this node writes it: gives documents their numbers, stores them, and tells of them.
 *
 * Whatever waits is taken as one batch (at once when it is quiet, every few milliseconds when it is busy), numbered on from the newest number known here, and stored in order; what comes
 * meanwhile gathers for the next batch. Another node may have been faster, a document may be a retry, the link to the store
 * may have broken: then what stands in the store is read, and that is what is told and answered. The rest is numbered anew.
 */
export class GaplessQueue<D extends Numbered, E extends Entry<D>> {
  private readonly waiting: Waiting<D, E>[] = [];
  private work: Promise<void> | null = null;
  private takenAt = -gatherMs;
  /** The newest number; null while it is not known for certain. */
  private newest: number | null = null;
  /** Ids of documents that this node tried to store and has not told: if they stand, they are still to be told. */
  private readonly untold = new Set<string>();

  /** @param tell - tells of what was stored, rising by number; what stood already is not told again. */
  constructor(
    private readonly shelf: Shelf<D>,
    private readonly tell: (news: E[]) => Promise<void> | void,
    private readonly log: Logger,
  ) {}

  /**
   * Stores the entry's document once and answers with what stands under its key: this very document, or of a retry the first.
   *
   * @throws server.busy - too many wait, or the store does not take it now.
   */
  add(entry: E): Promise<D> {
    if (this.waiting.length >= waitingMax) return Promise.reject(new AppError('server.busy'));
    return new Promise((answer, refuse) => {
      this.waiting.push({ entry, answer, refuse });
      this.work ??= this.workOff();
    });
  }

  /** Waits until nothing is queued or under way. */
  async idle(): Promise<void> {
    await this.work;
  }

  /** Whether nothing would be lost if this queue were forgotten and another made in its place. */
  isIdle(): boolean {
    return this.work === null && this.untold.size === 0;
  }

  private async workOff(): Promise<void> {
    while (this.waiting.length > 0) {
      const waitMs = this.takenAt + gatherMs - performance.now();
      if (waitMs > 0 && this.waiting.length < batchMax) await pause(waitMs);
      this.takenAt = performance.now();
      const batch = this.waiting.splice(0, batchMax);
      await this.storeBatch(batch).catch((error: unknown) => this.refuseAll(batch, error));
    }
    this.work = null;
  }

  private async storeBatch(batch: readonly Waiting<D, E>[]): Promise<void> {
    let rest = batch;
    for (let attempt = 1; rest.length > 0; attempt += 1) {
      const documents = rest.map(({ entry }) => entry.document);
      const refused = await this.tryToStore(documents);
      const stand = refused ? await this.shelf.findStanding(documents) : documents;
      rest = await this.finish(rest, new Map(stand.map((document) => [this.shelf.keyOf(document), document])));
      if (!refused || rest.length === 0) return;
      if (!isDuplicate(refused.error) || attempt === attemptsMax) throw refused.error;
      // Nodes that write to the same sequence must not meet again in step.
      await pause(Math.random() * Math.min(attempt, 10));
    }
  }

  /** Null when all of them were stored; otherwise only the store can tell which were. */
  private async tryToStore(documents: readonly D[]): Promise<{ error: unknown } | null> {
    const last = this.newest ?? (await this.shelf.newest());
    this.newest = null;
    for (const [place, document] of documents.entries()) {
      this.shelf.number(document, last + 1 + place);
      this.untold.add(String(document._id));
    }
    try {
      await this.shelf.storeInOrder(documents);
    } catch (error) {
      return { error };
    }
    this.newest = last + documents.length;
    return null;
  }

  /** Tells what of the batch stands and was not told, then answers its senders. Returns those that do not stand. */
  private async finish(batch: readonly Waiting<D, E>[], stand: ReadonlyMap<string, D>): Promise<Waiting<D, E>[]> {
    const standing = batch.map((one) => ({ one, document: stand.get(this.shelf.keyOf(one.entry.document)) }));
    const news = new Map<string, E>();
    for (const { one, document } of standing) if (document && this.untold.has(String(document._id))) news.set(String(document._id), { ...one.entry, document });
    if (news.size > 0) await this.tell([...news.values()].toSorted((first, second) => this.shelf.numberOf(first.document) - this.shelf.numberOf(second.document)));
    for (const { one, document } of standing) {
      if (!document) continue;
      // Told now, and no second time; and a retry was never stored itself.
      this.untold.delete(String(document._id));
      this.untold.delete(String(one.entry.document._id));
      one.answer(document);
    }
    return standing.filter(({ document }) => !document).map(({ one }) => one);
  }

  /** Refuses those that are still unanswered. Their ids stay untold: a write that was on its way may yet arrive. */
  private refuseAll(batch: readonly Waiting<D, E>[], error: unknown): void {
    this.log.warn({ err: error }, 'a batch could not be stored');
    for (const { refuse } of batch) refuse(new AppError('server.busy'));
    for (const id of [...this.untold].slice(0, Math.max(0, this.untold.size - unsureMax))) this.untold.delete(id);
  }
}

/** How many queues are kept though nothing waits in them, for what they know of their sequence. */
const idleMax = 500;

/** The queues of many sequences, each made when it is first written to. */
export class GaplessQueues<D extends Numbered, E extends Entry<D>> {
  private readonly queues = new Map<string, GaplessQueue<D, E>>();

  constructor(private readonly make: (name: string) => GaplessQueue<D, E>) {}

  of(name: string): GaplessQueue<D, E> {
    const known = this.queues.get(name);
    if (known) return known;
    if (this.queues.size >= idleMax) for (const [idle, queue] of this.queues) if (queue.isIdle()) this.queues.delete(idle);
    const queue = this.make(name);
    this.queues.set(name, queue);
    return queue;
  }

  async idle(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.idle()));
  }
}
