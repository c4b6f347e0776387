import { realpathSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { open, type Database, type RootDatabase } from 'lmdb';
import { StoreFailure } from '../failures.js';
import { claimAmongProcesses, claimInProcess } from './claimFolder.js';
import { describeCommitFailure } from './commitFailure.js';
import { Gathering } from './gathering.js';

/** One named LMDB database with binary keys and values. */
export type Table = Database<Buffer, Buffer>;

/** A stretch of keys: from `start` (included) up to `end` (excluded). */
export interface KeyRange {
  start: Buffer;
  end: Buffer;
  /** No key but `start` can lie in it. */
  single?: boolean;
}

/**
 * Resident bytes above which the file is mapped anew, if that promises to let go of at least `leastGain`. Looked at every so many
 * milliseconds and touches: one may meet a page that was not mapped, and the kernel maps the fifteen around it too.
 */
const mostMemory = 200 * 1024 * 1024;
const leastGain = 48 * 1024 * 1024;
const memoryInterval = 250;
const touchesPerLook = 256;

interface Tables { readonly catalog: Table; readonly documents: Table; readonly entries: Table }

function openEnvironment(folder: string): RootDatabase<Buffer, Buffer> {
  // Without event-turn batching lmdb makes no promises of its own that would go unhandled when a commit fails.
  return open<Buffer, Buffer>({
    path: folder, noSubdir: false, encoding: 'binary', keyEncoding: 'binary', maxDbs: 8, overlappingSync: false, eventTurnBatching: false, pageSize: 4096, maxReaders: 512,
  });
}

function openTables(env: RootDatabase<Buffer, Buffer>): Tables {
  const table = (name: string): Table => env.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
  return { catalog: table('catalog'), documents: table('documents'), entries: table('entries') };
}

interface Job { run(): unknown; resolve(result: unknown): void; reject(error: unknown): void }

/**
 * The disk: one LMDB environment of three tables, and a queue of writes.
 *
 * Writes run one after the other inside a write transaction; all that wait when a transaction starts share it, and with it one
 * fsync (group commit). A write's promise settles after its commit is on disk: `overlappingSync` is off, so LMDB syncs the data
 * pages, then the meta page, before it reports a commit, on a thread of its own. Reads elsewhere see only what is committed.
 */
export class Engine {
  #env: RootDatabase<Buffer, Buffer>;
  readonly #folder: string;
  readonly #release: () => void;
  #queue: Job[] = [];
  #draining: Promise<void> | undefined;
  #closed = false;
  #writes = 0;
  readonly #gathering = new Gathering();
  #broken: Error | undefined;
  /** Runs inside each transaction, after its jobs: for what is written once a batch. */
  beforeCommit: () => void = () => undefined;
  /** Runs when a transaction came to nothing: what is remembered of it must be read anew. */
  afterRollback: () => void = () => undefined;

  #tables: Tables;
  readonly #watch: NodeJS.Timeout;
  #mappedFrom = process.memoryUsage.rss();
  #remapWanted = false;
  #touched = 0;

  private constructor(env: RootDatabase<Buffer, Buffer>, folder: string, release: () => void) {
    this.#env = env;
    this.#folder = folder;
    this.#release = release;
    this.#tables = openTables(env);
    this.#watch = setInterval(() => this.#checkMemory(), memoryInterval).unref();
  }

  /** Which collections and indexes there are. */
  get catalog(): Table {
    return this.#tables.catalog;
  }

  /** Collection id and record number to BSON. */
  get documents(): Table {
    return this.#tables.documents;
  }

  /** Index id and key to record numbers. */
  get entries(): Table {
    return this.#tables.entries;
  }

  /**
   * Opens the folder, making it when absent.
   * @throws IllegalOperation (20) while another process or store has it open
   */
  static async open(dataDir: string): Promise<Engine> {
    await mkdir(dataDir, { recursive: true });
    const folder = realpathSync(dataDir);
    const release = claimInProcess(folder);
    let env: RootDatabase<Buffer, Buffer> | undefined;
    try {
      env = openEnvironment(folder);
      claimAmongProcesses(env, folder);
      return new Engine(env, folder, release);
    } catch (error) {
      await env?.close();
      release();
      throw error;
    }
  }

  /**
   * Runs a job inside the next write transaction and settles when that transaction is durable.
   * A job that throws a refusal, or throws before it wrote anything, fails alone; any other throw takes the whole transaction back.
   * @throws whatever the job throws; OutOfDiskSpace (14031) when the disk is full; ShutdownInProgress (91) after `close`
   */
  write<T>(job: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(new StoreFailure('ShutdownInProgress', 'the store is closing'));
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run: job, resolve: resolve, reject });
      this.#gathering.noteWaiting(this.#queue.length);
      this.#draining ??= this.#drain();
    });
  }

  /** Writes one key; only inside a job. */
  put(table: Table, key: Buffer, value: Buffer): void {
    this.#change(() => table.put(key, value));
  }

  /** Removes one key; only inside a job. */
  remove(table: Table, key: Buffer): void {
    this.#change(() => table.remove(key));
  }

  #change(change: () => unknown): void {
    this.#writes += 1;
    this.noteTouched(1);
    try {
      void change();
    } catch (error) {
      this.#broken = asError(error);
      throw error;
    }
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0 || this.#remapWanted) {
      if (this.#remapWanted) await this.#remap();
      await this.#gathering.wait(() => this.#queue.length);
      if (this.#queue.length > 0) await this.#commit();
    }
    this.#draining = undefined;
  }

  /** Counts documents and keys that were touched, so that memory is looked at in time. */
  noteTouched(count: number): void {
    this.#touched += count;
    if (this.#touched < touchesPerLook) return;
    this.#touched = 0;
    this.#checkMemory();
  }

  #checkMemory(): void {
    const rss = process.memoryUsage.rss();
    if (rss < mostMemory || rss - this.#mappedFrom < leastGain || this.#closed) return;
    this.#remapWanted = true;
    this.#draining ??= this.#drain();
  }

  /**
   * Maps the file anew, which lets go of every page of it that was touched: the kernel would keep them as this process's own until
   * memory runs short. It starts in a fresh turn of the event loop, and closing waits for nothing but settled promises, so that
   * no other code runs between the close and the open.
   */
  async #remap(): Promise<void> {
    await nextTurn();
    this.#remapWanted = false;
    await this.#env.close();
    this.#env = openEnvironment(this.#folder);
    this.#tables = openTables(this.#env);
    claimAmongProcesses(this.#env, this.#folder);
    this.#mappedFrom = process.memoryUsage.rss();
  }

  async #commit(): Promise<void> {
    const settle: (() => void)[] = [];
    let jobs: Job[] = [];
    const started = performance.now();
    try {
      await this.#env.childTransaction(() => {
        jobs = this.#queue;
        this.#queue = [];
        this.#broken = undefined;
        for (const job of jobs) settle.push(this.#run(job));
        this.beforeCommit();
        this.#refuseBroken();
      });
      this.#gathering.committed(jobs.length, this.#queue.length, performance.now() - started);
      for (const step of settle) step();
    } catch (error) {
      const failure = await describeCommitFailure(error, this.#folder);
      this.afterRollback();
      for (const job of jobs) job.reject(failure);
    }
  }

  #refuseBroken(): void {
    if (this.#broken !== undefined) throw this.#broken;
  }

  #run(job: Job): () => void {
    const before = this.#writes;
    try {
      const result = job.run();
      return () => job.resolve(result);
    } catch (error) {
      // A refusal is thrown between whole changes; anything else may have cut one in half.
      if (this.#writes !== before && !(error instanceof StoreFailure)) this.#broken ??= asError(error);
      return () => job.reject(error);
    }
  }

  /** Settles when every write asked for so far has been answered, and lets the folder go. Twice is harmless. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#watch);
    await this.#draining;
    await this.#env.close();
    this.#release();
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
