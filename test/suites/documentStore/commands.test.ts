/** Commands beside reading and writing: collections, indexes and what is told of them, and explain of every command that searches. */
import type { Document } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { isEmbedded, suiteStore } from './suiteStore.js';

const database = 'suite_commands';
const { client, fresh } = suiteStore(database);

const run = (command: Document): Promise<Document> => client().db(database).command(command);
const namesOf = (items: readonly Document[]): unknown[] => items.map(({ name }) => name as unknown);

describe('collections', () => {
  it('are made once, listed, renamed and dropped', async () => {
    const [{ collectionName: from }, { collectionName: to }, other] = [fresh(), fresh(), fresh()];
    await run({ create: from });
    expect(await run({ create: from })).toMatchObject({ ok: 1 });
    await other.insertOne({ a: 1 });
    expect(namesOf(await client().db(database).listCollections({ name: { $in: [from, to] } }).toArray())).toEqual([from]);
    expect(await client().db(database).listCollections({ name: from }, { nameOnly: true }).toArray()).toEqual([{ name: from, type: 'collection' }]);
    const rename = (options: Document = {}): Promise<Document> => client().db('admin').command({ renameCollection: `${database}.${from}`, to: `${database}.${to}`, ...options });
    expect(await rename()).toMatchObject({ ok: 1 });
    await expect(rename()).rejects.toMatchObject({ code: 26, codeName: 'NamespaceNotFound' });
    await run({ create: from });
    await expect(rename()).rejects.toMatchObject({ code: 48 });
    expect(await rename({ dropTarget: true })).toMatchObject({ ok: 1 });
    expect(await run({ drop: to })).toMatchObject({ ok: 1 });
    expect(await client().db(database).listCollections({ name: { $in: [from, to] } }).toArray()).toEqual([]);
  });

  it('and databases go as wholes', async () => {
    const own = client().db(`${database}_other`);
    await own.collection('a').insertOne({});
    await own.collection('b').insertOne({});
    expect(namesOf((await client().db('admin').admin().listDatabases()).databases)).toContain(own.databaseName);
    await own.dropDatabase();
    expect(namesOf((await client().db('admin').admin().listDatabases()).databases)).not.toContain(own.databaseName);
    expect(await own.listCollections().toArray()).toEqual([]);
  });

  it.runIf(isEmbedded)('tell how much they hold, in the unit that is asked for', async () => {
    const things = fresh();
    await things.createIndex({ a: 1 });
    await things.insertMany(Array.from({ length: 100 }, (_, a) => ({ a, pad: 'x'.repeat(100) })));
    const whole = await run({ collStats: things.collectionName });
    expect(whole).toMatchObject({ ns: things.namespace, count: 100, nindexes: 2, capped: false, scaleFactor: 1 });
    expect(whole['avgObjSize']).toBe(Math.floor(Number(whole['size']) / 100));
    expect(await run({ collStats: things.collectionName, scale: 1024 })).toMatchObject({ count: 100, size: Math.floor(Number(whole['size']) / 1024), scaleFactor: 1024 });
    const all = await run({ dbStats: 1 });
    expect(Number(all['dataSize'])).toBeGreaterThanOrEqual(Number(whole['size']));
    expect(await run({ dbStats: 1, scale: 1024 })).toMatchObject({ db: database, objects: all['objects'] as number, dataSize: Number(all['dataSize']) / 1024 });
    await expect(run({ collStats: things.collectionName, scale: 0 })).rejects.toMatchObject({ code: 2 });
  });
});

describe('indexes', () => {
  it('are listed with all that makes them, made once, and dropped by name, by key or all at once', async () => {
    const things = fresh();
    const wanted: Document[] = [
      { key: { a: 1, b: -1 }, name: 'ab', unique: true }, { key: { c: 1 }, name: 'c', sparse: true }, { key: { at: 1 }, name: 'at', expireAfterSeconds: 60 },
      { key: { d: 1 }, name: 'd', partialFilterExpression: { d: { $gt: 5 } } },
    ];
    expect(await run({ createIndexes: things.collectionName, indexes: wanted })).toMatchObject({ numIndexesBefore: 1, numIndexesAfter: 5 });
    expect(await run({ createIndexes: things.collectionName, indexes: wanted })).toMatchObject({ numIndexesBefore: 5, numIndexesAfter: 5 });
    expect(await things.listIndexes().toArray()).toMatchObject([{ key: { _id: 1 }, name: '_id_' }, ...wanted]);
    await run({ dropIndexes: things.collectionName, index: { c: 1 } });
    await run({ dropIndexes: things.collectionName, index: 'at' });
    expect(namesOf(await things.listIndexes().toArray())).toEqual(['_id_', 'ab', 'd']);
    await run({ dropIndexes: things.collectionName, index: '*' });
    expect(namesOf(await things.listIndexes().toArray())).toEqual(['_id_']);
  });

  it.each<[string, object, number]>([
    ['the same key under another name', { key: { a: 1 }, name: 'other' }, 85], ['the same name with another key', { key: { z: 1 }, name: 'a' }, 86], ['a direction of 0', { key: { z: 0 }, name: 'z' }, 67],
    ['an option nobody knows', { key: { z: 1 }, name: 'z', frobnicate: 1 }, 197],
  ])('with %s are refused', async (_name, index, code) => {
    const things = fresh();
    await things.createIndex({ a: 1 }, { name: 'a' });
    await expect(run({ createIndexes: things.collectionName, indexes: [index] })).rejects.toMatchObject({ code });
    await expect(things.dropIndex('_id_')).rejects.toMatchObject({ code: 72 });
    expect(namesOf(await things.listIndexes().toArray())).toEqual(['_id_', 'a']);
  });

  it.runIf(isEmbedded)('under construction let others read', async () => {
    const things = fresh();
    await things.insertMany(Array.from({ length: 2500 }, (_, a) => ({ _id: a as never, a: (a * 7919) % 2500 })));
    const read = (): Promise<Document | null> => things.findOne({ _id: 17 as never });
    // Two connections, so that the read need not wait for one.
    await Promise.all([read(), read()]);
    const building = things.createIndex({ a: 1 });
    expect(await Promise.race([building, read()])).toMatchObject({ _id: 17 });
    await building;
    expect(await things.find({}).hint({ a: 1 }).sort({ a: 1 }).limit(3).map(({ a }) => a as number).toArray()).toEqual([0, 1, 2]);
  });
});

describe('count and distinct', () => {
  it('count what a limit and a skip leave, and list each value once, items of arrays too', async () => {
    const things = fresh();
    await things.insertMany(Array.from({ length: 30 }, (_, n) => ({ n, parity: n % 2, tags: [n % 3, `t${n % 2}`] })));
    expect(await run({ count: things.collectionName, query: { parity: 1 }, skip: 4, limit: 20 })).toMatchObject({ n: 11 });
    expect(await run({ count: things.collectionName, limit: -7 })).toMatchObject({ n: 7 });
    expect(await things.distinct('tags', { n: { $lt: 4 } })).toEqual([0, 1, 2, 't0', 't1']);
    expect(await things.distinct('none')).toEqual([]);
    await expect(run({ distinct: things.collectionName, key: 5 })).rejects.toMatchObject({ code: 14 });
  });
});

describe('explain', () => {
  it.runIf(isEmbedded).each<[string, (name: string) => Document, number]>([
    ['find', (find) => ({ find, filter: { a: 3 } }), 10], ['count', (count) => ({ count, query: { a: 3 } }), 10], ['distinct', (distinct) => ({ distinct, key: 'n', query: { a: 3 } }), 10],
    ['aggregate', (aggregate) => ({ aggregate, pipeline: [{ $match: { a: 3 } }, { $group: { _id: '$n' } }], cursor: {} }), 10],
    ['update', (update) => ({ update, updates: [{ q: { a: 3 }, u: { $set: { seen: true } }, multi: true }] }), 10], ['delete', (name) => ({ delete: name, deletes: [{ q: { a: 3 }, limit: 1 }] }), 1],
    ['findAndModify', (findAndModify) => ({ findAndModify, query: { a: 3 }, update: { $set: { seen: true } } }), 1],
  ])('of %s tells the index, keys and documents, and changes nothing', async (_name, command, examined) => {
    const things = fresh();
    await things.insertMany(Array.from({ length: 50 }, (_, n) => ({ n, a: n % 5 })));
    await things.createIndex({ a: 1 });
    expect(await run({ explain: command(things.collectionName), verbosity: 'executionStats' })).toMatchObject({
      queryPlanner: { namespace: things.namespace, winningPlan: { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: 'a_1', keyPattern: { a: 1 } } } },
      executionStats: { totalKeysExamined: examined, totalDocsExamined: examined, nReturned: examined },
    });
    expect(await things.countDocuments({ seen: { $exists: false } })).toBe(50);
    expect(await run({ explain: command(things.collectionName), verbosity: 'queryPlanner' })).not.toHaveProperty('executionStats');
  });
});
