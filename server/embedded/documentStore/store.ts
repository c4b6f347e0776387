import type { Log } from './log.js';
import { Cursors } from './operations/cursors.js';
import { startExpiry } from './operations/expiry.js';
import { startPurge } from './operations/purge.js';
import { Catalog } from './storage/catalog.js';
import { Engine } from './storage/engine.js';

/** How a store is opened. */
export interface StoreOptions {
  readonly dataDir: string;
  readonly log?: Log;
  /** Milliseconds between two sweeps of expired documents; MongoDB's is a minute, and so is this one's. */
  readonly expiryInterval?: number;
  /** Milliseconds after which an unused cursor is closed; ten minutes unless told. */
  readonly cursorTimeout?: number;
}

/** An opened data folder, with everything commands work on. */
export interface Store {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly cursors: Cursors;
  readonly log: Log;
  /** Removes the keys of what was dropped; harmless when there are none. */
  readonly purge: () => void;
  /** Closes cursors, ends background work, answers what was asked and lets the folder go. Twice is harmless. */
  close(): Promise<void>;
}

const minute = 60_000;

/**
 * Opens a data folder.
 * @throws IllegalOperation (20) while it is open elsewhere
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const engine = await Engine.open(options.dataDir);
  const catalog = new Catalog(engine);
  const cursors = new Cursors(options.cursorTimeout ?? 10 * minute);
  const log: Log = options.log ?? (() => undefined);
  const purge = startPurge(engine, catalog, log);
  const base = { engine, catalog, cursors, log, purge: purge.wake };
  const expiry = startExpiry(base, options.expiryInterval ?? minute);
  await purge.dropUnfinished();
  return {
    ...base,
    async close() {
      await expiry.stop();
      await cursors.close();
      await purge.stop();
      await engine.close();
    },
  };
}
