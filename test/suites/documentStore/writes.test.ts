/** Writing: bulks, updates of every kind, upserts, findAndModify, expiry, and what is refused. */
import { type Document, MongoBulkWriteError, MongoClient } from 'mongodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDocumentStore } from '../../../server/embedded/documentStore/documentStore.js';
import { testFolder } from './storeProcess.js';
import { isEmbedded, suiteStore } from './suiteStore.js';

const { client, fresh } = suiteStore('suite_writes');

interface Thing extends Document { _id: number }

describe('bulks', () => {
  it('ordered, stop at the first refusal and say which', async () => {
    const things = fresh<Thing>();
    const error: unknown = await things.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 1 }, { _id: 3 }]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MongoBulkWriteError);
    expect(error).toMatchObject({ code: 11000, insertedCount: 2, writeErrors: [{ index: 2 }] });
    expect(await things.countDocuments({})).toBe(2);
  });

  it('unordered, do all that can be done', async () => {
    const things = fresh<Thing>();
    const error: unknown = await things.insertMany([{ _id: 1 }, { _id: 1 }, { _id: 2 }, { _id: 2 }, { _id: 3 }], { ordered: false }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ insertedCount: 3, writeErrors: [{ index: 1 }, { index: 3 }] });
    expect(await things.countDocuments({})).toBe(3);
  });

  it('mix kinds of writes', async () => {
    const things = fresh<Thing>();
    const result = await things.bulkWrite([
      { insertOne: { document: { _id: 1, n: 1 } } }, { updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } } }, { updateOne: { filter: { _id: 9 }, update: { $set: { n: 9 } }, upsert: true } },
      { replaceOne: { filter: { _id: 9 }, replacement: { m: 1 } } }, { deleteOne: { filter: { _id: 1 } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, matchedCount: 2, modifiedCount: 2, upsertedCount: 1, deletedCount: 1 });
    expect(await things.find().toArray()).toEqual([{ _id: 9, m: 1 }]);
  });
});

describe('an _id that is null', () => {
  it('is stored as it is, wherever it stands in the document, and once', async () => {
    const things = fresh();
    const insert = (document: Document) => things.db.command({ insert: things.collectionName, documents: [document] });
    expect(await insert({ x: 1, _id: null })).toMatchObject({ n: 1 });
    expect(await insert({ _id: null })).toMatchObject({ n: 0, writeErrors: [{ code: 11000 }] });
    expect(await things.find({ _id: { $type: 'null' } }).toArray()).toEqual([{ _id: null, x: 1 }]);
  });

  it.each<[string, Document, object]>([
    ['the filter', { _id: null }, { $set: { x: 1 } }], ['$eq', { _id: { $eq: null } }, { $set: { x: 1 } }], ['$in of one', { _id: { $in: [null] } }, { $set: { x: 1 } }],
    ['the update', {}, { $set: { _id: null, x: 1 } }], ['a pipeline', {}, [{ $set: { _id: null, x: 1 } }]],
  ])('comes into an upsert from %s', async (_name, filter, update) => {
    const things = fresh();
    expect(await things.updateOne(filter, update, { upsert: true })).toMatchObject({ upsertedCount: 1 });
    expect(await things.find({}).toArray()).toEqual([{ _id: null, x: 1 }]);
  });
});

describe('updates', () => {
  const start = { _id: 1, n: 1, l: [{ k: 'a', v: 1 }, { k: 'b', v: 2 }, { k: 'c', v: 3 }], s: ['x', 'y'], o: { p: 1 } };

  it.each<[string, object, object | object[], object, object[]?]>([
    ['$set below', {}, { $set: { 'o.q.r': 1 } }, { o: { p: 1, q: { r: 1 } } }],
    ['$unset an item', {}, { $unset: { 's.0': '' } }, { s: [null, 'y'] }],
    ['$push with all modifiers', {}, { $push: { s: { $each: ['a', 'z'], $position: 0, $sort: -1, $slice: 3 } } }, { s: ['z', 'y', 'x'] }],
    ['$addToSet', {}, { $addToSet: { s: { $each: ['x', 'new'] } } }, { s: ['x', 'y', 'new'] }],
    ['$pull by condition', {}, { $pull: { l: { v: { $gte: 2 } } } }, { l: [{ k: 'a', v: 1 }] }],
    ['$pop', {}, { $pop: { s: -1 } }, { s: ['y'] }],
    ['$rename', {}, { $rename: { n: 'o.n' } }, { o: { p: 1, n: 1 } }],
    ['$min, $max, $mul', {}, { $min: { n: 0 }, $max: { 'o.p': 5 }, $mul: { fresh: 3 } }, { n: 0, o: { p: 5 }, fresh: 0 }],
    ['$bit', {}, { $bit: { n: { or: 6 } } }, { n: 7 }],
    ['the matched item', { 'l.k': 'b' }, { $set: { 'l.$.v': 9 } }, { l: [{ k: 'a', v: 1 }, { k: 'b', v: 9 }, { k: 'c', v: 3 }] }],
    ['the matched item of $elemMatch', { l: { $elemMatch: { v: { $gt: 1 } } } }, { $inc: { 'l.$.v': 10 } }, { l: [{ k: 'a', v: 1 }, { k: 'b', v: 12 }, { k: 'c', v: 3 }] }],
    ['every item', {}, { $inc: { 'l.$[].v': 1 } }, { l: [{ k: 'a', v: 2 }, { k: 'b', v: 3 }, { k: 'c', v: 4 }] }],
    ['filtered items', {}, { $set: { 'l.$[e].v': 0 } }, { l: [{ k: 'a', v: 1 }, { k: 'b', v: 0 }, { k: 'c', v: 0 }] }, [{ 'e.v': { $gt: 1 } }]],
    ['a pipeline', {}, [{ $set: { total: { $sum: '$l.v' }, l: { $filter: { input: '$l', as: 'e', cond: { $ne: ['$$e.k', 'b'] } } } } }, { $set: { left: { $size: '$l' } } }, { $unset: 's' }], { total: 6, left: 2 }],
    ['a pipeline with $$ROOT and $let', {}, [{ $replaceWith: { $mergeObjects: ['$$ROOT', { d: { $let: { vars: { d: { $multiply: ['$n', 2] } }, in: { $cond: [{ $gt: ['$$d', 1] }, '$$d', 0] } } } }] } }], { d: 2 }],
  ])('%s', async (_name, filter, update, expected, arrayFilters) => {
    const things = fresh<Thing>();
    await things.insertOne(structuredClone(start));
    expect(await things.updateOne({ _id: 1, ...filter }, update, arrayFilters === undefined ? {} : { arrayFilters: arrayFilters })).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await things.findOne({})).toMatchObject(expected);
  });

  it('that change nothing say so', async () => {
    const things = fresh<Thing>();
    await things.insertOne(structuredClone(start));
    expect(await things.updateOne({ _id: 1 }, { $set: { n: 1 }, $addToSet: { s: 'x' }, $unset: { none: '' } })).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
  });

  it.each<[string, object, number]>([
    ['two writes to one path', { $set: { a: 1 }, $inc: { 'a.b': 1 } }, 40], ['an unknown operator', { $frobnicate: { a: 1 } }, 9], ['$push to what is no list', { $push: { n: 1 } }, 2],
    ['a path through a scalar', { $set: { 'n.x': 1 } }, 28], ['$ without a match', { $set: { 'l.$.v': 1 } }, 2], ['an empty path', { $set: { 'a..b': 1 } }, 56],
  ])('refuse %s and change nothing', async (_name, update, code) => {
    const things = fresh<Thing>();
    await things.insertOne(structuredClone(start));
    await expect(things.updateOne({ _id: 1 }, update)).rejects.toMatchObject({ code });
    expect(await things.findOne({})).toEqual(start);
  });

  it('many at once, in any number', async () => {
    const things = fresh<Thing>();
    await things.insertMany(Array.from({ length: 6000 }, (_, _id) => ({ _id, even: _id % 2 === 0 })));
    expect(await things.updateMany({ even: true }, { $set: { even: false }, $inc: { n: 1 } })).toMatchObject({ matchedCount: 3000, modifiedCount: 3000 });
    expect(await things.countDocuments({ n: 1 })).toBe(3000);
    expect(await things.deleteMany({ n: 1 })).toMatchObject({ deletedCount: 3000 });
    expect(await things.countDocuments({})).toBe(3000);
  });
});

describe('upserts', () => {
  it('take what the filter fixes, and $setOnInsert only then', async () => {
    const things = fresh<Thing>();
    const write = () => things.updateOne({ _id: 5, 'a.b': 1, c: { $gt: 3 } }, { $setOnInsert: { made: true }, $inc: { n: 1 } }, { upsert: true });
    expect(await write()).toMatchObject({ matchedCount: 0, upsertedCount: 1, upsertedId: 5 });
    expect(await things.findOne({})).toEqual({ _id: 5, a: { b: 1 }, made: true, n: 1 });
    await expect(write()).rejects.toMatchObject({ code: 11000 });
    expect(await things.updateOne({ _id: 5 }, { $setOnInsert: { made: false }, $inc: { n: 1 } }, { upsert: true })).toMatchObject({ matchedCount: 1, upsertedCount: 0 });
    expect(await things.findOne({})).toMatchObject({ made: true, n: 2 });
  });

  it('at the same time make one document', async () => {
    const things = fresh<Thing>();
    await things.createIndex({ key: 1 }, { unique: true });
    await Promise.all(Array.from({ length: 30 }, () => things.updateOne({ key: 'k' }, { $inc: { n: 1 } }, { upsert: true })));
    expect(await things.find({}, { projection: { _id: 0 } }).toArray()).toEqual([{ key: 'k', n: 30 }]);
  });
});

describe('findAndModify', () => {
  it('takes the first in order, as it was or has become', async () => {
    const things = fresh<Thing>();
    await things.insertMany([{ _id: 1, n: 5 }, { _id: 2, n: 3 }, { _id: 3, n: 9 }]);
    expect(await things.findOneAndUpdate({}, { $set: { seen: true } }, { sort: { n: 1 } })).toEqual({ _id: 2, n: 3 });
    expect(await things.findOneAndUpdate({}, { $inc: { n: 1 } }, { sort: { n: -1 }, returnDocument: 'after', projection: { _id: 0 } })).toEqual({ n: 10 });
    expect(await things.findOneAndDelete({ seen: true })).toEqual({ _id: 2, n: 3, seen: true });
    expect(await things.findOneAndReplace({ _id: 7 }, { x: 1 }, { upsert: true, returnDocument: 'after' })).toEqual({ _id: 7, x: 1 });
    expect(await things.findOneAndUpdate({ _id: 99 }, { $set: { x: 1 } })).toBeNull();
  });

  it('under contention sells each seat once', async () => {
    const seats = fresh<Thing>();
    await seats.insertOne({ _id: 1, left: 10, sold: [] });
    const buyers = Array.from({ length: 40 }, (_, buyer) => seats.findOneAndUpdate({ _id: 1, left: { $gt: 0 } }, { $inc: { left: -1 }, $push: { sold: buyer } as never }, { returnDocument: 'after' }));
    expect((await Promise.all(buyers)).filter((sold) => sold !== null)).toHaveLength(10);
    expect((await seats.findOne({}))?.['sold']).toHaveLength(10);
  });
});

describe('acknowledgement', () => {
  it('is not given for w: 0, and the write is done', async () => {
    const things = fresh<Thing>();
    expect(await things.insertOne({ _id: 1 }, { writeConcern: { w: 0 } })).toMatchObject({ acknowledged: false });
    let found = null;
    while (found === null) found = await things.findOne({ _id: 1 });
    expect(found).toEqual({ _id: 1 });
  });
});

describe.runIf(isEmbedded)('the embedded store alone', () => {
  it('refuses transactions', async () => {
    const session = client().startSession();
    session.startTransaction();
    await expect(fresh<Thing>().insertOne({ _id: 1 }, { session })).rejects.toMatchObject({ originalError: { code: 20, codeName: 'IllegalOperation' } });
    await session.endSession();
  });

  it.each<[string, object, number]>([
    ['an unknown command', { frobnicate: 1 }, 59], ['an unknown field', { ping: 1, frobnicate: 1 }, 40415], ['a write concern it cannot meet', { insert: 'c', documents: [{}], writeConcern: { w: 3 } }, 2],
    ['a read concern it cannot meet', { find: 'c', readConcern: { level: 'linearizable' } }, 123], ['a view', { create: 'v', viewOn: 'c', pipeline: [] }, 115], ['a capped collection', { create: 'v', capped: true, size: 10 }, 115],
    ['a change stream', { aggregate: 'c', pipeline: [{ $changeStream: {} }], cursor: {} }, 115], ['a text index', { createIndexes: 'c', indexes: [{ key: { a: 'text' }, name: 'a' }] }, 115],
    ['a bad collection name', { create: 'a$b' }, 73],
  ])('refuses %s by its code', async (_name, command, code) => {
    await expect(client().db('suite_writes').command(command)).rejects.toMatchObject({ code });
  });

  it('removes what has expired, and closes cursors nobody uses', async () => {
    const store = await openDocumentStore({ dataDir: await testFolder(), expiryInterval: 20, cursorTimeout: 40 });
    const own = await new MongoClient(store.uri).connect();
    onTestFinished(async () => {
      await own.close();
      await store.close();
    });
    const things = own.db('ttl').collection<Thing>('things');
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1000);
    await things.insertMany([{ _id: 1, at: ago(120) }, { _id: 2, at: ago(10) }, { _id: 3, at: 'never' }, { _id: 4 }, { _id: 5, at: [ago(5), ago(90)] }]);
    while ((await things.countDocuments({})) > 3) await own.db('ttl').command({ ping: 1 });
    expect((await things.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual([2, 3, 4]);
    const { cursor } = await own.db('ttl').command({ find: 'things', batchSize: 1 });
    expect(String(cursor.id)).not.toBe('0');
    const open = async (): Promise<number> => Number((await own.db('admin').command({ serverStatus: 1 }))['metrics'].cursor.open.total);
    while ((await open()) > 0) await own.db('ttl').command({ ping: 1 });
    await expect(own.db('ttl').command({ getMore: cursor.id, collection: 'things' })).rejects.toMatchObject({ code: 43 });
  });
});
