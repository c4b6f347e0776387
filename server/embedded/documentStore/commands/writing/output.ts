import { Int32, ObjectId } from 'bson';
import { StoreFailure } from '../../failures.js';
import { bindLet } from '../../expressions/compile.js';
import type { Context } from '../../expressions/context.js';
import { runChange, type Change } from '../../operations/change.js';
import { ensureCollection, prepare } from '../../operations/inserting.js';
import { updateFound } from '../../operations/updating.js';
import { compileUpdatePipeline } from '../../pipeline/updatePipeline.js';
import type { Stage, Stream } from '../../pipeline/stream.js';
import { compileFilter } from '../../query/filter.js';
import type { Store } from '../../store.js';
import { isDoc, setField, type Doc, type Value } from '../../values/bson.js';
import { splitPath, valuesAt } from '../../values/paths.js';

interface Target { readonly db: string; readonly collection: string }

/** Compiles the final `$out` or `$merge`: it takes the stream and gives none back. */
export function compileOutput(store: Store, db: string, stage: Doc, context: Context): Stage {
  return Object.hasOwn(stage, '$out') ? compileOut(store, targetOf(stage['$out'] as Value, db, '$out')) : compileMerge(store, db, stage['$merge'] as Value, context);
}

function targetOf(value: Value, db: string, stage: string): Target {
  if (typeof value === 'string') return { db, collection: value };
  if (!isDoc(value) || typeof value['coll'] !== 'string') throw new StoreFailure(16990, `${stage} only supports a string or object argument naming a collection`);
  return { db: typeof value['db'] === 'string' ? value['db'] : db, collection: value['coll'] };
}

/** `$out` fills a collection beside the target, which then takes the target's place at once. */
function compileOut(store: Store, target: Target): Stage {
  return async function* (input) {
    const temporary = `tmp.agg_out.${new ObjectId().toHexString()}`;
    await store.engine.write(() => {
      const collection = store.catalog.create(target.db, temporary);
      const old = store.catalog.find(target.db, target.collection);
      for (const { definition } of old?.indexes ?? []) if (definition.name !== '_id_') store.catalog.addIndex(collection, definition, true);
    });
    try {
      await fill(store, { db: target.db, collection: temporary }, input);
    } catch (error) {
      await store.engine.write(() => drop(store, target.db, temporary));
      store.purge();
      throw error;
    }
    await store.engine.write(() => {
      drop(store, target.db, target.collection);
      const made = store.catalog.find(target.db, temporary);
      if (made !== undefined) store.catalog.rename(made, target.db, target.collection);
    });
    store.purge();
    yield* none;
  };
}

const none: Doc[][] = [];

function drop(store: Store, db: string, name: string): void {
  const collection = store.catalog.find(db, name);
  if (collection !== undefined) store.catalog.drop(collection);
}

async function fill(store: Store, target: Target, input: Stream): Promise<void> {
  for await (const docs of input) {
    await store.engine.write(() => {
      const collection = ensureCollection(store, target.db, target.collection);
      for (const each of docs) {
        const { doc, raw } = prepare(each);
        collection.insert(doc, raw);
      }
    });
  }
}

type Matched = 'replace' | 'keepExisting' | 'merge' | 'fail' | readonly Value[];

function compileMerge(store: Store, db: string, argument: Value, context: Context): Stage {
  const options: Doc = isDoc(argument) ? argument : { into: argument };
  const unknown = Object.keys(options).find((name) => !['into', 'on', 'let', 'whenMatched', 'whenNotMatched'].includes(name));
  if (unknown !== undefined) throw new StoreFailure(40415, `BSON field '$merge.${unknown}' is an unknown field.`);
  const target = targetOf(options['into'] ?? null, db, '$merge');
  const on = typeof options['on'] === 'string' ? [options['on']] : Array.isArray(options['on']) ? options['on'].map(String) : ['_id'];
  const whenMatched = readMatched(options['whenMatched'] ?? 'merge');
  const whenNotMatched = options['whenNotMatched'] ?? 'insert';
  if (whenNotMatched !== 'insert' && whenNotMatched !== 'discard' && whenNotMatched !== 'fail') throw new StoreFailure('BadValue', `Enumeration value '${String(whenNotMatched)}' for field '$merge.whenNotMatched' is not a valid value.`);
  return async function* (input) {
    checkUnique(store, target, on);
    for await (const docs of input) {
      for (const doc of docs) await runChange(store, mergeOne(store, target, { doc, on, whenMatched, whenNotMatched, variables: options['let'], context }));
    }
    yield* none;
  };
}

function readMatched(value: Value): Matched {
  if (Array.isArray(value) || value === 'replace' || value === 'keepExisting' || value === 'merge' || value === 'fail') return value;
  throw new StoreFailure('BadValue', `Enumeration value '${String(value)}' for field '$merge.whenMatched' is not a valid value.`);
}

/** Only a unique index on the fields makes "the matching document" mean one. @throws 51183 */
function checkUnique(store: Store, { db, collection }: Target, on: readonly string[]): void {
  if (on.length === 1 && on[0] === '_id') return;
  const indexes = store.catalog.find(db, collection)?.indexes ?? [];
  const serves = indexes.some(({ definition, fields }) => definition.unique && definition.partialFilterExpression === undefined && fields.length === on.length && on.every((field) => fields.includes(field)));
  if (!serves) throw new StoreFailure(51183, 'Cannot find index to verify that join fields will be unique');
}

interface Merge {
  readonly doc: Doc;
  readonly on: readonly string[];
  readonly whenMatched: Matched;
  readonly whenNotMatched: string;
  readonly variables: Value | undefined;
  readonly context: Context;
}

function mergeOne(store: Store, target: Target, merge: Merge): Change<undefined> {
  const { doc, on, context } = merge;
  const incoming = doc['_id'] === undefined ? { _id: new ObjectId(), ...doc } : doc;
  const filter: Doc = {};
  for (const field of on) setField(filter, field, { $eq: valuesAt(incoming, splitPath(field))[0] ?? null });
  return {
    ...target, maxTime: 0,
    wanted: { filter, context, matches: compileFilter(filter, context), sort: [], hint: undefined, skip: 0, limit: 1 },
    apply(collection, [found]) {
      if (collection === undefined || found === undefined) {
        if (merge.whenNotMatched === 'fail') throw new StoreFailure(13113, '$merge could not find a matching document in the target collection for at least one document in the source collection');
        if (merge.whenNotMatched === 'insert') {
          const { doc: complete, raw } = prepare(incoming);
          ensureCollection(store, target.db, target.collection).insert(complete, raw);
        }
      } else if (merge.whenMatched === 'fail') {
        throw alreadyThere(on, incoming);
      } else if (merge.whenMatched !== 'keepExisting') {
        updateFound(collection, found, updateOf(merge, incoming));
      }
      return undefined;
    },
    combine: () => undefined,
  };
}

function alreadyThere(on: readonly string[], incoming: Doc): StoreFailure {
  const keyPattern: Doc = {};
  const keyValue: Doc = {};
  for (const field of on) {
    setField(keyPattern, field, new Int32(1));
    setField(keyValue, field, valuesAt(incoming, splitPath(field))[0] ?? null);
  }
  return new StoreFailure('DuplicateKey', '$merge with whenMatched: fail found an existing document with the same values for the join fields', { keyPattern, keyValue });
}

function updateOf(merge: Merge, incoming: Doc): (doc: Doc) => Doc {
  if (merge.whenMatched === 'replace') return (doc) => ({ ...incoming, _id: doc['_id'] ?? null });
  if (merge.whenMatched === 'merge') return (doc) => ({ ...doc, ...incoming, _id: doc['_id'] ?? null });
  const named = { next: merge.context.variables, name: 'new', value: incoming };
  const context = bindLet(isDoc(merge.variables) ? merge.variables : undefined, { ...merge.context, variables: named, names: new Set([...merge.context.names, 'new']) });
  return compileUpdatePipeline(merge.whenMatched as readonly Value[], context);
}

