/** Reading: filters, projections, cursors, indexes and what explain says of them. */
import { Binary, Double, Long, serialize } from 'bson';
import { describe, expect, it } from 'vitest';
import { isEmbedded, suiteStore } from './suiteStore.js';

const { client, fresh } = suiteStore('suite_queries');

interface Message { _id: number; room: string; seq: number; tags?: string[]; state?: string }

const messages: Message[] = Array.from({ length: 400 }, (_, _id) => ({ _id, room: `r${_id % 4}`, seq: Math.floor(_id / 4), tags: [`t${_id % 3}`, `t${_id % 5}`], ...(_id % 10 === 0 ? { state: 'open' } : {}) }));

describe('filters', () => {
  const docs = [{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: [] }, { _id: 4, a: [1, null] }, { _id: 5, a: { b: 1 } }, { _id: 6, a: [{ b: 1 }, { c: 2 }] }, { _id: 7, a: 'text' }, { _id: 8, a: [[1]] }, { _id: 9, a: 5 }];

  it.each<[string, object, number[]]>([
    ['null is missing too', { a: null }, [1, 2, 4]],
    ['a missing field below', { 'a.b': null }, [1, 2, 6, 7, 9]],
    ['$exists', { a: { $exists: false } }, [2]],
    ['$ne leaves missing in', { a: { $ne: 5 } }, [1, 2, 3, 4, 5, 6, 7, 8]],
    ['only like types are compared', { a: { $gt: 0 } }, [4, 9]],
    ['an array as a whole', { a: [1, null] }, [4]],
    ['an array inside an array', { a: [1] }, [8]],
    ['$elemMatch does not open arrays twice', { a: { $elemMatch: { $gte: 1 } } }, [4]],
    ['$size', { a: { $size: 2 } }, [4, 6]],
    ['$type looks inside', { a: { $type: 'array' } }, [3, 4, 6, 8]],
    ['$not', { a: { $not: { $gte: 0 } } }, [1, 2, 3, 5, 6, 7, 8]],
    ['$in with null and a pattern', { a: { $in: [null, /^te/] } }, [1, 2, 4, 7]],
    ['$expr', { $expr: { $eq: [{ $type: '$a' }, 'int'] } }, [9]],
    ['$nor', { $nor: [{ a: null }, { a: { $type: 'array' } }] }, [5, 7, 9]],
  ])('%s', async (_name, filter, expected) => {
    for (const indexed of [false, true]) {
      const things = fresh<{ _id: number }>();
      if (indexed) await things.createIndexes([{ key: { a: 1 } }, { key: { 'a.b': 1 } }]);
      await things.insertMany(docs);
      expect((await things.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual(expected);
    }
  });

  it.each<[string, object, number]>([
    ['an unknown operator', { a: { $near2: 1 } }, 2], ['an unknown top-level operator', { $foo: 1 }, 2], ['$in without a list', { a: { $in: 1 } }, 2],
    ['$and of nothing', { $and: [] }, 2], ['a broken pattern', { a: { $regex: '(' } }, 51091],
  ])('refuse %s', async (_name, filter, code) => {
    await expect(fresh().find(filter).toArray()).rejects.toMatchObject({ code });
  });

  it.runIf(isEmbedded).each(['$where', '$text', '$jsonSchema'])('refuse %s as not supported', async (operator) => {
    await expect(fresh().find({ [operator]: 'this.a' }).toArray()).rejects.toMatchObject({ code: 115 });
  });
});

describe('projections', () => {
  it.each<[string, object, object]>([
    ['include', { a: 1 }, { _id: 1, a: 1 }], ['without _id', { a: 1, _id: 0 }, { a: 1 }], ['exclude', { n: 0, l: 0 }, { _id: 1, a: 1 }], ['below', { 'n.x': 1 }, { _id: 1, n: { x: 1 } }],
    ['in arrays', { 'l.x': 1 }, { _id: 1, l: [{ x: 1 }, { x: 2 }] }], ['$slice', { l: { $slice: -1 }, a: 1 }, { _id: 1, a: 1, l: [{ x: 2, y: 2 }] }],
    ['$elemMatch', { l: { $elemMatch: { x: 2 } } }, { _id: 1, l: [{ x: 2, y: 2 }] }], ['computed', { sum: { $add: ['$a', '$n.x'] } }, { _id: 1, sum: 2 }],
  ])('%s', async (_name, projection, expected) => {
    const things = fresh<{ _id: number }>();
    await things.insertOne({ _id: 1, a: 1, n: { x: 1, y: 2 }, l: [{ x: 1, y: 1 }, { x: 2, y: 2 }] } as never);
    expect(await things.findOne({}, { projection })).toEqual(expected);
  });

  it('shows whole fields as they stand in the document, whatever they hold', async () => {
    const things = fresh<{ _id: number }>();
    const kept = {
      höhe: new Double(1), list: [1, [2, { x: 'ü' }]], none: null, at: new Date(5), big: Long.fromNumber(2 ** 40), like: /^a.b/i, bytes: new Binary(Buffer.from('ab')), ref: { $ref: 'things', $id: 1 },
    };
    await things.insertOne({ before: 1, ...kept, between: { höhe: 2 }, _id: 1, after: 'x'.repeat(300) } as never);
    const all = Object.fromEntries(Object.keys(kept).map((name) => [name, 1]));
    const [shown] = await things.find({}, { projection: { ...all, absent: true, _id: 0 }, raw: true, promoteValues: false }).toArray() as unknown as Buffer[];
    expect(shown).toEqual(Buffer.from(serialize(kept)));
    expect(await things.findOne({}, { projection: { _id: 1 } })).toEqual({ _id: 1 });
    expect(await things.findOne({}, { projection: { absent: 1, _id: false } })).toEqual({});
  });

  it('refuses inclusion mixed with exclusion', async () => {
    const things = fresh();
    await things.insertOne({ a: 1 });
    await expect(things.findOne({}, { projection: { a: 1, b: 0 } })).rejects.toMatchObject({ code: 31254 });
  });
});

describe('cursors', () => {
  it('give every document once, over many batches, while others write', async () => {
    const things = fresh<Message>();
    await things.insertMany(messages);
    const cursor = things.find({}, { batchSize: 7 }).sort({ _id: 1 });
    const seen: number[] = [];
    for await (const { _id } of cursor) {
      seen.push(_id);
      if (_id === 50) await things.deleteMany({ _id: { $gte: 10, $lt: 40 } });
      if (_id === 60) await things.updateMany({ _id: { $lt: 200 } }, { $set: { state: 'seen' } });
    }
    expect(seen).toEqual(messages.map(({ _id }) => _id));
  });

  it('are open until the search has been seen to end, but for a limit that is reached', async () => {
    const things = fresh<{ _id: number }>();
    await things.insertMany([1, 2, 3, 4].map((_id) => ({ _id })));
    const db = client().db('suite_queries');
    const first = await db.command({ find: things.collectionName, batchSize: 4 });
    expect(first.cursor.firstBatch).toHaveLength(4);
    expect(Number(first.cursor.id)).not.toBe(0);
    const last = await db.command({ getMore: first.cursor.id as bigint, collection: things.collectionName });
    expect([Number(last.cursor.id), last.cursor.nextBatch]).toEqual([0, []]);
    const limited = await db.command({ find: things.collectionName, batchSize: 4, limit: 4 });
    expect(limited.cursor.firstBatch).toHaveLength(4);
    expect(Number(limited.cursor.id)).toBe(0);
  });

  it('end on request', async () => {
    const things = fresh<Message>();
    await things.insertMany(messages);
    const { cursor } = await client().db('suite_queries').command({ find: things.collectionName, batchSize: 2 });
    const id = cursor.id as bigint;
    expect(await client().db('suite_queries').command({ killCursors: things.collectionName, cursors: [id] })).toMatchObject({ ok: 1 });
    await expect(client().db('suite_queries').command({ getMore: id, collection: things.collectionName })).rejects.toMatchObject({ code: 43 });
  });
});

describe('indexes', () => {
  async function planned(filter: object, sort: Record<string, 1 | -1> = {}, limit = 0): Promise<{ stage: string; keys: number; documents: number; returned: number }> {
    const things = fresh<Message>();
    await things.insertMany(messages);
    await things.createIndexes([
      { key: { room: 1, seq: 1 }, unique: true, name: 'room' }, { key: { tags: 1 }, name: 'tags' }, { key: { state: 1 }, sparse: true, name: 'state' },
      { key: { seq: -1 }, partialFilterExpression: { state: 'open' }, name: 'open' },
    ]);
    const { queryPlanner, executionStats } = await things.find(filter).sort(sort).limit(limit).explain('executionStats');
    const plan = queryPlanner['winningPlan'] as { stage: string; inputStage?: { indexName?: string; inputStage?: { indexName: string } } };
    const name = plan.inputStage?.indexName ?? plan.inputStage?.inputStage?.indexName;
    return {
      stage: [plan.stage === 'SORT' ? 'SORT' : '', name ?? 'COLLSCAN'].filter((part) => part !== '').join(' '),
      keys: Number(executionStats['totalKeysExamined']), documents: Number(executionStats['totalDocsExamined']), returned: Number(executionStats['nReturned']),
    };
  }

  it.runIf(isEmbedded).each<[string, object, Record<string, 1 | -1>, number, object]>([
    ['equality, range and sort', { room: 'r1', seq: { $gt: 20 } }, { seq: 1 }, 50, { stage: 'room', keys: 50, documents: 50, returned: 50 }],
    ['the same backwards', { room: 'r1', seq: { $lt: 20 } }, { seq: -1 }, 5, { stage: 'room', keys: 5, documents: 5, returned: 5 }],
    ['a range of one type only', { room: 'r1', seq: { $gte: 10, $lt: 12 } }, {}, 0, { stage: 'room', keys: 2, documents: 2, returned: 2 }],
    ['several points', { room: { $in: ['r0', 'r3'] }, seq: 7 }, {}, 0, { stage: 'room', keys: 2, documents: 2, returned: 2 }],
    ['an array’s items', { tags: 't4' }, {}, 0, { stage: 'tags', keys: 80, documents: 80, returned: 80 }],
    ['a sparse index', { state: 'open' }, {}, 0, { stage: 'state', returned: 40 }],
    ['not a sparse index for what it lacks', { state: null }, {}, 0, { stage: 'COLLSCAN', returned: 360 }],
    ['a partial index', { state: 'open', seq: { $gt: 90 } }, { seq: -1 }, 0, { returned: 3 }],
    ['not a partial index for more than it has', { seq: { $gt: 98 } }, {}, 0, { stage: 'COLLSCAN', returned: 4 }],
    ['_id', { _id: 17 }, {}, 0, { stage: '_id_', keys: 1, documents: 1, returned: 1 }],
    ['a sort that no index serves', { room: 'r1' }, { tags: 1 }, 0, { stage: 'SORT room', returned: 100 }],
  ])('serve %s', async (_name, filter, sort, limit, expected) => {
    expect(await planned(filter, sort, limit)).toMatchObject(expected);
  });

  it('keep what is unique unique, with the key and value in the refusal', async () => {
    const things = fresh();
    await things.createIndex({ room: 1, 'who.name': -1 }, { unique: true });
    await things.insertOne({ room: 'a', who: { name: 'x' } });
    await expect(things.insertOne({ room: 'a', who: { name: 'x' } })).rejects.toMatchObject({ code: 11000, keyPattern: { room: 1, 'who.name': -1 }, keyValue: { room: 'a', 'who.name': 'x' } });
    await things.insertOne({ room: 'a', who: { name: 'y' } });
    await expect(things.updateOne({ 'who.name': 'y' }, { $set: { 'who.name': 'x' } })).rejects.toMatchObject({ code: 11000 });
    await things.insertOne({ room: 'a' });
    await expect(things.insertOne({ room: 'a', who: {} })).rejects.toMatchObject({ code: 11000 });
    expect(await things.countDocuments({})).toBe(3);
  });

  it('find what a unique one has under whole keys, one or many, in either order, and nothing under a key too long to be one', async () => {
    const things = fresh<{ _id: number; room: string; seq: number | null }>();
    await things.createIndex({ room: 1, seq: -1 }, { unique: true });
    await things.insertMany([{ _id: 1, room: 'a', seq: 1 }, { _id: 2, room: 'a', seq: 2 }, { _id: 3, room: 'b', seq: null }, { _id: 4, room: 'b', seq: 2 }]);
    const ids = async (filter: object, sort: Record<string, 1 | -1> = {}): Promise<number[]> => (await things.find(filter).sort(sort).toArray()).map(({ _id }) => _id);
    expect(await ids({ room: 'a', seq: 2 })).toEqual([2]);
    expect(await ids({ room: 'a', seq: 3 })).toEqual([]);
    expect(await ids({ room: { $in: ['b', 'a'] }, seq: { $in: [2, 1, 9] } }, { room: 1, seq: 1 })).toEqual([1, 2, 4]);
    expect(await ids({ room: 'b', seq: null })).toEqual([3]);
    expect(await ids({ _id: { $in: [4, 2, 7, 3] } }, { _id: -1 })).toEqual([4, 3, 2]);
    expect(await ids({ room: 'x'.repeat(3000), seq: 2 })).toEqual([]);
    expect(await ids({ _id: { $in: ['x'.repeat(3000), 2] } })).toEqual([2]);
    expect(await ids({ room: { $gt: 'a'.repeat(3000) } }, { room: -1, seq: 1 })).toEqual([3, 4]);
    expect(await ids({ room: { $gte: '', $lt: 'a'.repeat(3000) } }, { room: 1, seq: -1 })).toEqual([2, 1]);
  });

  it('partial and unique: one answering at a time', async () => {
    const things = fresh();
    await things.createIndex({ workshopId: 1 }, { unique: true, partialFilterExpression: { state: 'answering' } });
    await things.insertMany([{ _id: 1 as never, workshopId: 'w', state: 'approved' }, { _id: 2 as never, workshopId: 'w', state: 'approved' }]);
    await things.updateOne({ _id: 1 as never }, { $set: { state: 'answering' } });
    await expect(things.updateOne({ _id: 2 as never }, { $set: { state: 'answering' } })).rejects.toMatchObject({ code: 11000 });
    await things.updateOne({ _id: 1 as never }, { $set: { state: 'answered' } });
    expect(await things.updateOne({ _id: 2 as never }, { $set: { state: 'answering' } })).toMatchObject({ modifiedCount: 1 });
  });

  it('are built on what is there while reads and writes go on', async () => {
    const things = fresh<Message>();
    await things.insertMany(Array.from({ length: 3000 }, (_, _id) => ({ _id, room: `r${_id % 7}`, seq: _id })));
    const building = things.createIndex({ room: 1, seq: 1 }, { unique: true });
    const meanwhile = await Promise.all([things.insertOne({ _id: 5000, room: 'r1', seq: 5000 }), things.deleteOne({ _id: 3 }), things.updateOne({ _id: 4 }, { $set: { room: 'moved' } }), things.countDocuments({ room: 'r2' })]);
    expect(meanwhile[3]).toBeGreaterThan(400);
    await building;
    expect(await things.find({ room: 'r1' }).hint({ room: 1, seq: 1 }).toArray()).toHaveLength(await things.countDocuments({ seq: { $gte: 0 }, room: { $in: ['r1'] } }));
    expect(await things.find({ room: 'moved', seq: 4 }).hint({ room: 1, seq: 1 }).toArray()).toHaveLength(1);
  });

  it('on what is not unique are not made', async () => {
    const things = fresh();
    await things.insertMany([{ a: 1 }, { a: 1 }]);
    await expect(things.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect((await things.listIndexes().toArray()).map(({ name }) => name as string)).toEqual(['_id_']);
    await things.insertOne({ a: 1 });
  });

  it('give the keys between min and max, the keys alone, and record numbers', async () => {
    const things = fresh<Message>();
    await things.insertMany(messages.slice(0, 20));
    await things.createIndex({ seq: 1, room: 1 });
    const between = things.find({}, { hint: { seq: 1, room: 1 }, min: { seq: 1, room: 'r2' }, max: { seq: 2, room: 'r1' }, projection: { _id: 1 } });
    expect((await between.toArray()).map(({ _id }) => _id)).toEqual([6, 7, 8]);
    await expect(things.find({}, { min: { seq: 1, room: 'a' } }).toArray()).rejects.toMatchObject({ code: 51173 });
    expect(await things.find({ seq: 1, room: 'r0' }, { returnKey: true }).toArray()).toEqual([{ seq: 1, room: 'r0' }]);
    expect(await things.findOne({ _id: 3 }, { showRecordId: true, projection: { _id: 1 } })).toMatchObject({ _id: 3, $recordId: expect.anything() as unknown });
  });

  it('go when they are dropped, and a hint at them is refused', async () => {
    const things = fresh();
    await things.createIndex({ a: 1 });
    await things.insertOne({ a: 1 });
    await things.dropIndex('a_1');
    await expect(things.find({}).hint('a_1').toArray()).rejects.toMatchObject({ code: 2 });
    await expect(things.dropIndex('a_1')).rejects.toMatchObject({ code: 27 });
    expect(await things.countDocuments({ a: 1 })).toBe(1);
  });
});
