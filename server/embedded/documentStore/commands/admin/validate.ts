import { Int32 } from 'bson';
import { Pace } from '../../operations/pace.js';
import { readRange, type Collection } from '../../storage/collection.js';
import type { Engine } from '../../storage/engine.js';
import { above, type Index } from '../../storage/index.js';
import { decodeDoc, setField, type Doc } from '../../values/bson.js';
import { existing } from './indexes.js';
import { collectionName, type Command } from '../request.js';

const chunkSize = 256;

/** `validate`: whether every index holds exactly the entries of the documents that are there. Writes during it may look like faults. */
export const validate: Command = {
  fields: ['full', 'repair', 'metadata', 'background', 'checkBSONConformance'],
  async run({ store, db, body }) {
    const collection = existing(store, db, collectionName(body, 'validate'));
    const pace = new Pace();
    const { records, wanted, errors } = await checkDocuments(collection, pace);
    const keysPerIndex: Doc = {};
    for (const index of collection.indexes) {
      const entries = await countEntries(store.engine, index, pace);
      setField(keysPerIndex, index.definition.name, new Int32(entries));
      const due = wanted.get(index) ?? 0;
      if (entries !== due) errors.push(`index ${index.definition.name} has ${entries} entries, its documents have ${due}`);
    }
    if (records !== collection.totals.count) errors.push(`the collection counts ${collection.totals.count} documents and has ${records}`);
    return {
      ns: collection.namespace, nrecords: new Int32(records), nIndexes: new Int32(collection.indexes.length), keysPerIndex, valid: errors.length === 0,
      warnings: [], errors, ok: new Int32(1),
    };
  },
};

async function checkDocuments(collection: Collection, pace: Pace): Promise<{ records: number; wanted: Map<Index, number>; errors: string[] }> {
  const wanted = new Map<Index, number>();
  const errors: string[] = [];
  let records = 0;
  for (let after: number | undefined = 0; after !== undefined; ) {
    const chunk = collection.readMany(chunkSize, { after });
    for (const { record, raw } of chunk) {
      const doc = decodeDoc(raw);
      records += 1;
      for (const index of collection.indexes) wanted.set(index, (wanted.get(index) ?? 0) + index.keysOf(doc).keys.length);
      for (const name of collection.missingEntries(record, doc)) errors.push(`document ${record} is missing in index ${name}`);
    }
    after = chunk.length < chunkSize ? undefined : chunk.at(-1)?.record;
    await pace.rest();
  }
  return { records, wanted, errors };
}

async function countEntries(engine: Engine, index: Index, pace: Pace): Promise<number> {
  const end = Buffer.concat([index.prefix, above]);
  let start = index.prefix;
  for (let entries = 0; ; ) {
    const chunk = readRange(engine.entries, { start, end }, chunkSize, false);
    entries += chunk.length;
    const last = chunk.at(-1);
    if (last === undefined || chunk.length < chunkSize) return entries;
    start = Buffer.concat([last.key, Buffer.from([0])]);
    await pace.rest();
  }
}
