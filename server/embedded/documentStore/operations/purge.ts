import type { Log } from '../log.js';
import { readRange } from '../storage/collection.js';
import type { Catalog, Garbage } from '../storage/catalog.js';
import type { Engine } from '../storage/engine.js';
import { above, prefixOf } from '../storage/index.js';

const keysPerJob = 2000;

/** Removes the keys of dropped collections and indexes, some at a time; after a crash it goes on where it was. */
export function startPurge(engine: Engine, catalog: Catalog, log: Log): { wake(): void; stop(): Promise<void>; dropUnfinished(): Promise<void> } {
  let running: Promise<void> | undefined;
  let stopped = false;

  async function run(): Promise<void> {
    for (let garbage = catalog.garbage[0]; garbage !== undefined && !stopped; garbage = catalog.garbage[0]) {
      const target = garbage;
      await engine.write(() => purgeSome(engine, catalog, target));
    }
  }

  function wake(): void {
    if (stopped || running !== undefined || catalog.garbage.length === 0) return;
    running = run()
      .catch((error: unknown) => log({ event: 'purge failed', error: String(error) }))
      .finally(() => {
        running = undefined;
      });
  }

  return {
    wake,
    async stop() {
      stopped = true;
      await running;
    },
    // An index whose building a crash cut short was never promised to anyone.
    async dropUnfinished() {
      await engine.write(() => {
        for (const collection of catalog.list()) {
          for (const index of collection.indexes) if (!index.definition.ready) catalog.dropIndex(collection, index);
        }
      });
      wake();
    },
  };
}

function purgeSome(engine: Engine, catalog: Catalog, garbage: Garbage): void {
  const table = engine[garbage.table];
  const start = prefixOf(garbage.id);
  const keys = readRange(table, { start, end: Buffer.concat([start, above]) }, keysPerJob, false);
  for (const { key } of keys) engine.remove(table, key);
  if (keys.length < keysPerJob) catalog.forgetGarbage(garbage);
}
