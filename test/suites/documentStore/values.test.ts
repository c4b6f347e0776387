/** Values: what goes in comes out, in MongoDB's order, under MongoDB's rules for `_id` and numbers. */
import { EJSON } from 'bson';
import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { suiteStore } from './suiteStore.js';

const { fresh } = suiteStore('suite_values');
const asStored = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;

function typed(value: unknown): string {
  return EJSON.stringify(value, { relaxed: false });
}

const everyKind = {
  _id: 1, int: new Int32(7), double: new Double(7), fraction: new Double(0.1), long: Long.fromString('9007199254740993'), decimal: Decimal128.fromString('1.10'),
  text: 'naïve 文字 \u{1f600}', empty: '', yes: true, nothing: null, date: new Date(-5), id: new ObjectId('65f0000000000000000000aa'), bytes: new Binary(Buffer.from([0, 255]), 5),
  regex: new BSONRegExp('^a', 'i'), stamp: new Timestamp({ t: 5, i: 6 }), list: [new Int32(1), [new Double(2)], {}], nested: { a: { b: new Long(3) } }, min: new MinKey(), max: new MaxKey(),
  $odd: 1, 'dotted.name': 2, constructor: 'plain', __proto: 'plain', _bsontype: 'NotAType',
};

describe('a document', () => {
  it('comes back with every type it went in with', async () => {
    const things = fresh();
    // The field name would be taken for a BSON type by the driver's own serializer, so it is left to the server tests of raw messages.
    const { _bsontype: _, ...document } = everyKind;
    await things.insertOne(document as never);
    expect(typed(await things.findOne({ _id: 1 as never }, asStored))).toBe(typed(document));
  });

  it('keeps the types of fields that an update does not touch', async () => {
    const things = fresh();
    const { _bsontype: _, $odd: _odd, 'dotted.name': _dotted, ...document } = everyKind;
    await things.insertOne(document as never);
    await things.updateOne({ _id: 1 as never }, [{ $set: { seen: true } }]);
    await things.updateOne({ _id: 1 as never }, { $push: { list: new Double(5) as never }, $unset: { seen: '' } });
    expect(typed(await things.findOne({ _id: 1 as never }, asStored))).toBe(typed({ ...document, list: [...document.list, new Double(5)] }));
  });

  it('gets an _id when it has none, and may not change it', async () => {
    const things = fresh();
    await things.insertOne({ a: 1 });
    const [{ _id: id }] = (await things.find().toArray()) as [{ _id: ObjectId }];
    expect(id).toBeInstanceOf(ObjectId);
    await expect(things.updateOne({ a: 1 }, { $set: { _id: 5 } })).rejects.toMatchObject({ code: 66 });
    await expect(things.updateOne({ a: 1 }, [{ $set: { _id: 5 } }])).rejects.toMatchObject({ code: 66 });
    await expect(things.insertOne({ _id: [1] as never })).rejects.toMatchObject({ code: 2 });
    expect(await things.findOne({ a: 1 })).toEqual({ _id: id, a: 1 });
  });

  it('over 16 MiB is refused, and one that an update would make so', async () => {
    const things = fresh();
    await things.insertOne({ _id: 1 as never, pad: 'x'.repeat(15_000_000) });
    await expect(things.updateOne({ _id: 1 as never }, { $set: { more: 'x'.repeat(3_000_000) } })).rejects.toMatchObject({ code: 17419 });
    expect(await things.findOne({ _id: 1 as never, more: { $exists: true } })).toBeNull();
  });
});

describe('order', () => {
  const ascending: unknown[] = [
    new MinKey(), null, Number.NaN, Decimal128.fromString('-Infinity'), -1e300, Long.fromString('-9007199254740993'), -9007199254740992, -1, Decimal128.fromString('-0.5'), 0, 0.1,
    Decimal128.fromString('0.1000000000000000055511151231257828'), 1, Decimal128.fromString('1.000000000000000000000000000000001'), 2, 9007199254740992, Long.fromString('9007199254740993'),
    1e300, Infinity, '', 'A', 'a', 'ab', '\ufffd', '\u{10000}', {}, { a: 1 }, { b: 0 }, { a: 'x' }, new Binary(Buffer.from([9])), new Binary(Buffer.from([1, 1])),
    new ObjectId('65f000000000000000000001'), false, true, new Date(0), new Timestamp({ t: 1, i: 1 }), new BSONRegExp('a'), new MaxKey(),
  ];

  it.each([[false], [true]])('is BSON’s (with an index: %s)', async (indexed) => {
    const things = fresh<{ _id: number; v: unknown }>();
    if (indexed) await things.createIndex({ v: 1 });
    const shuffled = ascending.map((v, _id) => ({ _id, v })).sort((a, b) => ((a._id * 7919) % 101) - ((b._id * 7919) % 101));
    await things.insertMany(shuffled, { ignoreUndefined: true });
    const order = async (direction: 1 | -1): Promise<number[]> => (await things.find({}).sort({ v: direction }).toArray()).map(({ _id }) => _id);
    expect(await order(1)).toEqual(ascending.map((_, at) => at));
    expect(await order(-1)).toEqual(ascending.map((_, at) => at).reverse());
  });

  it('takes numbers of every type for equal when they are', async () => {
    const things = fresh<{ _id: number; v: unknown }>();
    await things.createIndex({ v: 1 }, { unique: true });
    await things.insertOne({ _id: 1, v: new Int32(1) });
    for (const same of [new Double(1), Long.fromNumber(1), Decimal128.fromString('1.00')]) {
      expect(await things.countDocuments({ v: same })).toBe(1);
      await expect(things.insertOne({ _id: 2, v: same })).rejects.toMatchObject({ code: 11000 });
    }
    await things.insertOne({ _id: 3, v: Decimal128.fromString('1.000000000000000000001') });
    expect(await things.countDocuments({ v: { $gt: 1 } })).toBe(1);
  });
});

describe('$inc and $mul', () => {
  it.each([
    ['int + int', new Int32(1), new Int32(2), { $numberInt: '3' }],
    ['int over its range', new Int32(2147483647), new Int32(1), { $numberLong: '2147483648' }],
    ['int + double', new Int32(1), new Double(2), { $numberDouble: '3.0' }],
    ['long + int', Long.fromNumber(1), new Int32(1), { $numberLong: '2' }],
    ['int + decimal', new Int32(1), Decimal128.fromString('0.10'), { $numberDecimal: '1.10' }],
  ])('%s', async (_name, start, step, expected) => {
    const things = fresh();
    await things.insertOne({ _id: 1 as never, v: start });
    await things.updateOne({ _id: 1 as never }, { $inc: { v: step as never } });
    const after = await things.findOne({ _id: 1 as never }, asStored);
    expect(JSON.parse(typed(after))['v']).toEqual(expected);
  });

  it('refuse what leaves 64 bits, and what is no number', async () => {
    const things = fresh();
    await things.insertOne({ _id: 1 as never, big: Long.MAX_VALUE, text: 'a' });
    await expect(things.updateOne({ _id: 1 as never }, { $inc: { big: 1 as never } })).rejects.toMatchObject({ code: 2 });
    await expect(things.updateOne({ _id: 1 as never }, { $inc: { text: 1 as never } })).rejects.toMatchObject({ code: 14 });
    await expect(things.updateOne({ _id: 1 as never }, { $inc: { v: 'x' as never } })).rejects.toMatchObject({ code: 14 });
    expect(await things.findOne({ _id: 1 as never }, { promoteLongs: false })).toEqual({ _id: 1, big: Long.MAX_VALUE, text: 'a' });
  });
});
