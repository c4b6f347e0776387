/** Pipelines and expressions. */
import { describe, expect, it } from 'vitest';
import { suiteStore } from './suiteStore.js';

const { fresh, client } = suiteStore('suite_aggregation');

interface Sale { _id: number; item: string; price: number; tags: string[]; at: Date; buyer?: number }

const sales: Sale[] = [
  { _id: 1, item: 'book', price: 12.5, tags: ['paper', 'old'], at: new Date('2026-03-01T10:00:00Z'), buyer: 1 }, { _id: 2, item: 'pen', price: 3, tags: [], at: new Date('2026-03-01T23:30:00Z'), buyer: 2 },
  { _id: 3, item: 'book', price: 8, tags: ['paper'], at: new Date('2026-04-15T08:00:00Z'), buyer: 1 }, { _id: 4, item: 'lamp', price: 40, tags: ['light'], at: new Date('2026-12-31T23:59:59Z') },
];

describe('stages', () => {
  it.each<[string, object[], unknown[]]>([
    ['$group and $sort', [{ $group: { _id: '$item', sum: { $sum: '$price' }, n: { $count: {} }, low: { $min: '$price' }, ids: { $push: '$_id' }, mean: { $avg: '$price' } } }, { $sort: { _id: 1 } }], [
      { _id: 'book', sum: 20.5, n: 2, low: 8, ids: [1, 3], mean: 10.25 }, { _id: 'lamp', sum: 40, n: 1, low: 40, ids: [4], mean: 40 }, { _id: 'pen', sum: 3, n: 1, low: 3, ids: [2], mean: 3 }]],
    ['$unwind', [{ $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'at' } }, { $match: { _id: { $lt: 3 } } }, { $project: { tags: 1, at: 1 } }], [
      { _id: 1, tags: 'paper', at: 0 }, { _id: 1, tags: 'old', at: 1 }, { _id: 2, at: null }]],
    ['$match, $skip, $limit, $count', [{ $match: { price: { $gt: 5 } } }, { $skip: 1 }, { $limit: 5 }, { $count: 'n' }], [{ n: 2 }]],
    ['$sortByCount', [{ $sortByCount: '$item' }, { $limit: 1 }], [{ _id: 'book', count: 2 }]],
    ['$bucket', [{ $bucket: { groupBy: '$price', boundaries: [0, 10, 20], default: 'more' } }], [{ _id: 0, count: 2 }, { _id: 10, count: 1 }, { _id: 'more', count: 1 }]],
    ['$facet', [{ $facet: { dear: [{ $match: { price: { $gt: 20 } } }, { $project: { item: 1 } }], n: [{ $count: 'n' }] } }], [{ dear: [{ _id: 4, item: 'lamp' }], n: [{ n: 4 }] }]],
    ['$addFields below and $unset', [{ $match: { _id: 2 } }, { $set: { 'm.x': { $add: ['$price', 1] } } }, { $unset: ['tags', 'at', 'buyer'] }], [{ _id: 2, item: 'pen', price: 3, m: { x: 4 } }]],
    ['$replaceRoot', [{ $match: { _id: 4 } }, { $replaceRoot: { newRoot: { it: '$item' } } }], [{ it: 'lamp' }]],
  ])('%s', async (_name, pipeline, expected) => {
    const things = fresh<Sale>();
    await things.insertMany(sales);
    expect(await things.aggregate(pipeline).toArray()).toEqual(expected);
  });

  it('$lookup by field and by pipeline, $unionWith', async () => {
    const [things, people] = [fresh<Sale>(), fresh<{ _id: number; name: string }>()];
    await things.insertMany(sales);
    await people.insertMany([{ _id: 1, name: 'Ada' }, { _id: 2, name: 'Bo' }]);
    const joined = await things.aggregate([{ $lookup: { from: people.collectionName, localField: 'buyer', foreignField: '_id', as: 'who' } }, { $project: { names: '$who.name' } }, { $sort: { _id: 1 } }]).toArray();
    expect(joined).toEqual([{ _id: 1, names: ['Ada'] }, { _id: 2, names: ['Bo'] }, { _id: 3, names: ['Ada'] }, { _id: 4, names: [] }]);
    const spent = await people.aggregate([{ $lookup: { from: things.collectionName, let: { id: '$_id' }, pipeline: [{ $match: { $expr: { $eq: ['$buyer', '$$id'] } } }, { $group: { _id: null, sum: { $sum: '$price' } } }], as: 'spent' } }, { $sort: { _id: 1 } }]).toArray();
    expect(spent.map(({ spent: [{ sum }] }) => sum as number)).toEqual([20.5, 3]);
    expect(await people.aggregate([{ $unionWith: things.collectionName }, { $count: 'n' }]).toArray()).toEqual([{ n: 6 }]);
  });

  it('$out and $merge', async () => {
    const [things, out] = [fresh<Sale>(), fresh<{ _id: string; n: number }>()];
    await things.insertMany(sales);
    await out.insertOne({ _id: 'gone', n: 0 });
    await out.createIndex({ n: 1 });
    await things.aggregate([{ $group: { _id: '$item', n: { $sum: 1 } } }, { $out: out.collectionName }]).toArray();
    expect(await out.find().sort({ _id: 1 }).toArray()).toEqual([{ _id: 'book', n: 2 }, { _id: 'lamp', n: 1 }, { _id: 'pen', n: 1 }]);
    expect((await out.listIndexes().toArray()).map(({ name }) => name as string)).toContain('n_1');
    await things.aggregate([{ $match: { item: 'pen' } }, { $project: { _id: '$item', n: { $literal: 10 } } }, { $merge: { into: out.collectionName, whenMatched: [{ $set: { n: { $add: ['$n', '$$new.n'] } } }] } }]).toArray();
    expect(await out.findOne({ _id: 'pen' })).toEqual({ _id: 'pen', n: 11 });
  });

  it.each<[string, object[], number]>([
    ['a stage that is none', [{ $frobnicate: {} }], 40324], ['two stages in one', [{ $match: {}, $limit: 1 }], 40323], ['an unknown expression', [{ $project: { a: { $frobnicate: 1 } } }], 31325],
    ['an unknown variable', [{ $match: { $expr: '$$nobody' } }], 17276], ['an accumulator that is none', [{ $group: { _id: 1, a: { $frobnicate: 1 } } }], 15952], ['$limit 0', [{ $limit: 0 }], 15958],
  ])('refuses %s', async (_name, pipeline, code) => {
    await expect(fresh().aggregate(pipeline).toArray()).rejects.toMatchObject({ code });
  });
});

describe('expressions', () => {
  const document = { _id: 1, n: 7, neg: -7.5, s: 'Über Größe', l: [3, 1, 2], d: new Date('2026-03-29T01:30:00.250Z'), o: { a: 1, b: { c: 2 } }, nil: null };

  it.each<[object | string, unknown]>([
    [{ $add: ['$n', 1, 0.5] }, 8.5], [{ $subtract: ['$d', 250] }, new Date('2026-03-29T01:30:00.000Z')], [{ $divide: ['$n', 2] }, 3.5], [{ $mod: ['$neg', 2] }, -1.5], [{ $round: ['$neg', 0] }, -8],
    [{ $trunc: '$neg' }, -7], [{ $floor: '$neg' }, -8], [{ $pow: ['$n', 2] }, 49], [{ $abs: '$neg' }, 7.5], [{ $add: ['$n', '$nil'] }, null], [{ $max: '$l' }, 3], [{ $sum: ['$n', 'x', 1] }, 8],
    [JSON.parse(`{"$cond":{"if":{"$gt":["$n",5]},"then":"big","else":"small"}}`) as object, 'big'], [JSON.parse(`{"$switch":{"branches":[{"case":{"$lt":["$n",0]},"then":1}],"default":2}}`) as object, 2], [{ $ifNull: ['$nil', '$none', 'd'] }, 'd'],
    [{ $toUpper: '$s' }, 'ÜBER GRößE'.replace('Ü', 'Ü')], [{ $strLenCP: '$s' }, 10], [{ $substrCP: ['$s', 5, 3] }, 'Grö'], [{ $split: ['a-b-c', '-'] }, ['a', 'b', 'c']], [{ $trim: { input: '  x ' } }, 'x'],
    [{ $concat: ['a', { $toString: '$n' }] }, 'a7'], [{ $regexMatch: { input: '$s', regex: 'gr', options: 'i' } }, true], [{ $replaceAll: { input: 'aXa', find: 'a', replacement: { $literal: '$&' } } }, '$&X$&'],
    [{ $indexOfCP: ['$s', 'e'] }, 2], [{ $filter: { input: '$l', as: 'x', cond: { $gte: ['$$x', 2] } } }, [3, 2]], [{ $map: { input: '$l', in: { $multiply: ['$$this', 2] } } }, [6, 2, 4]],
    [{ $reduce: { input: '$l', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6], [{ $sortArray: { input: '$l', sortBy: 1 } }, [1, 2, 3]], [{ $slice: ['$l', -2] }, [1, 2]],
    [{ $arrayElemAt: ['$l', -1] }, 2], [{ $concatArrays: ['$l', [9]] }, [3, 1, 2, 9]], [{ $sortArray: { input: { $setUnion: ['$l', [2, 5]] }, sortBy: 1 } }, [1, 2, 3, 5]], [{ $in: [2, '$l'] }, true], [{ $range: [0, 5, 2] }, [0, 2, 4]],
    [{ $zip: { inputs: [[1, 2], ['a', 'b']] } }, [[1, 'a'], [2, 'b']]], [{ $objectToArray: '$o' }, [{ k: 'a', v: 1 }, { k: 'b', v: { c: 2 } }]], [{ $arrayToObject: [[['x', 1]]] }, { x: 1 }],
    [{ $mergeObjects: ['$o', { a: 2 }] }, { a: 2, b: { c: 2 } }], ['$o.b.c', 2], [{ $type: '$none' }, 'missing'], [{ $toInt: '12' }, 12], [{ $convert: { input: 'x', to: 'int', onError: -1 } }, -1],
    [{ $toDate: '2026-01-02' }, new Date('2026-01-02T00:00:00Z')], [{ $year: '$d' }, 2026], [{ $hour: { date: '$d', timezone: 'Europe/Paris' } }, 3], [{ $isoWeek: '$d' }, 13],
    [{ $dateToString: { date: '$d', format: '%Y-%m-%d %H:%M:%S.%L' } }, '2026-03-29 01:30:00.250'], [{ $dateTrunc: { date: '$d', unit: 'month' } }, new Date('2026-03-01T00:00:00Z')],
    [{ $dateAdd: { startDate: new Date('2026-01-31T00:00:00Z'), unit: 'month', amount: 1 } }, new Date('2026-02-28T00:00:00Z')],
    [{ $dateDiff: { startDate: new Date('2025-12-31T23:00:00Z'), endDate: new Date('2026-01-01T01:00:00Z'), unit: 'year' } }, 1], [{ $and: ['$n', true, 'x'] }, true], [{ $cmp: [{ a: 1 }, [1]] }, -1],
    [{ $let: { vars: { x: 2 }, in: { $multiply: ['$$x', '$n'] } } }, 14], [{ $literal: '$n' }, '$n'], [{ $getField: { field: 'a', input: '$o' } }, 1], [{ $eq: ['$none', null] }, false],
  ])('%j', async (expression, expected) => {
    const [result] = await client().db('suite_aggregation').aggregate([{ $documents: [document] }, { $project: { _id: 0, r: expression } }]).toArray();
    expect(result?.['r']).toEqual(expected);
  });
});
