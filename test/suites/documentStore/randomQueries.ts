/** Random documents, filters, sorts, updates and pipelines over a small world of values, from a seed. */
import { Decimal128, Double, Long, ObjectId } from 'mongodb';
import { createRandom } from '../../support/random.js';

/** A source of randomness that the same seed makes again. */
export class Random {
  /** A number from 0 up to 1. */
  readonly next: () => number;

  constructor(seed: number) {
    this.next = createRandom(seed).next;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  many<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }
}

type Doc = Record<string, unknown>;

const paths = ['a', 'b', 'c', 'n.x', 'n.y', 'l', 'l.x', 'd'] as const;
const ids = ['65f000000000000000000001', '65f000000000000000000002', '65f0000000000000000000ff'].map((hex) => new ObjectId(hex));

/** The indexes the indexed twin has; between them they have every trait an index can have. */
export const fuzzIndexes: readonly { readonly key: Record<string, 1 | -1>; readonly sparse?: boolean; readonly partialFilterExpression?: Doc }[] = [
  { key: { a: 1 } }, { key: { b: -1, a: 1 } }, { key: { 'n.x': 1, 'n.y': -1 } }, { key: { l: 1 } }, { key: { 'l.x': 1, a: 1 } }, { key: { c: 1 }, sparse: true },
  { key: { a: -1, c: 1 }, partialFilterExpression: { b: { $gt: 2 } } }, { key: { d: -1 } }, { key: { c: 1, d: 1 }, partialFilterExpression: { c: 'x' } },
];

/** Makes the random parts of a fuzz run. */
export class RandomQueries {
  readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  scalar(): unknown {
    const { random } = this;
    return random.pick<() => unknown>([
      () => random.below(6), () => random.below(6), () => random.below(6), () => new Double(random.below(4)), () => random.below(8) / 2, () => Long.fromNumber(random.below(5)),
      () => Decimal128.fromString(random.pick(['1', '2.5', '3.0', '-1'])), () => random.pick(['x', 'y', 'xy', '', 'z']), () => random.pick(['x', 'y', 'xy']),
      () => random.chance(0.5), () => null, () => random.pick(ids), () => new Date(1_700_000_000_000 + random.below(4) * 1000), () => -random.below(3),
    ])();
  }

  value(depth = 0): unknown {
    const { random } = this;
    if (depth < 2 && random.chance(0.12)) return random.many(3, () => this.value(depth + 1));
    if (depth < 2 && random.chance(0.08)) return { x: this.value(depth + 1), ...(random.chance(0.5) ? { y: this.scalar() } : {}) };
    return this.scalar();
  }

  document(id: number): Doc {
    const { random } = this;
    const doc: Doc = { _id: id };
    for (const name of ['a', 'b', 'c', 'd']) if (random.chance(0.8)) doc[name] = this.value();
    if (random.chance(0.7)) doc['n'] = random.chance(0.85) ? { x: this.value(1), y: this.value(1) } : this.value();
    if (random.chance(0.7)) doc['l'] = random.chance(0.5) ? random.many(3, () => ({ x: this.value(2), y: random.below(3) })) : random.many(4, () => this.scalar());
    return doc;
  }

  condition(): unknown {
    const { random } = this;
    return random.pick<() => unknown>([
      () => this.scalar(), () => this.scalar(), () => this.value(), () => ({ $gt: this.scalar() }), () => ({ $gte: this.scalar() }), () => ({ $lt: this.scalar() }),
      () => ({ $lte: this.scalar() }), () => ({ $gte: random.below(3), $lt: 2 + random.below(4) }), () => ({ $ne: this.scalar() }),
      () => ({ $in: random.many(3, () => this.value()) }), () => ({ $nin: random.many(2, () => this.scalar()) }), () => ({ $exists: random.chance(0.5) }),
      () => ({ $type: random.pick(['number', 'string', 'array', 'null', 'object']) }), () => ({ $not: { $gt: this.scalar() } }), () => ({ $size: random.below(3) }),
      () => ({ $all: [this.scalar(), ...random.many(1, () => this.scalar())] }), () => ({ $elemMatch: { $gt: random.below(3), $lt: 4 } }),
      () => ({ $elemMatch: { x: this.scalar() } }), () => ({ $mod: [2, random.below(2)] }), () => ({ $regex: random.pick(['^x', 'y', '^xy$']) }), () => ({ $eq: this.value() }),
    ])();
  }

  filter(depth = 0): Doc {
    const { random } = this;
    if (depth < 2 && random.chance(0.15)) return { [random.pick(['$and', '$or', '$nor'])]: [this.filter(depth + 1), this.filter(depth + 1)] };
    const filter: Doc = {};
    for (let count = 1 + random.below(3); count > 0; count -= 1) filter[random.pick(paths)] = this.condition();
    return filter;
  }

  /** A sort that ends with `_id`, so that there is one right order. */
  sort(): Record<string, 1 | -1> {
    const { random } = this;
    const sort: Record<string, 1 | -1> = {};
    for (let count = random.below(3); count > 0; count -= 1) sort[random.pick(['a', 'b', 'c', 'd', 'n.x'])] = random.chance(0.5) ? 1 : -1;
    return { ...sort, _id: 1 };
  }

  update(): Doc | Doc[] {
    const { random } = this;
    const path = (): string => random.pick(['a', 'b', 'c', 'd', 'n.x', 'n.z.w', 'l.0', 'l.1.x']);
    return random.pick<() => Doc | Doc[]>([
      () => ({ $set: { [path()]: this.value() } }), () => ({ $unset: { [path()]: '' } }), () => ({ $inc: { [path()]: random.below(5) - 2 } }), () => ({ $mul: { [path()]: 2 } }),
      () => ({ $min: { [path()]: this.scalar() } }), () => ({ $max: { [path()]: this.scalar() } }), () => ({ $push: { l: this.value() } }), () => ({ $addToSet: { l: this.scalar() } }),
      () => ({ $pull: { l: random.chance(0.5) ? this.scalar() : { x: this.scalar() } } }), () => ({ $pop: { l: random.chance(0.5) ? 1 : -1 } }),
      () => ({ $push: { l: { $each: random.many(3, () => this.scalar()), $slice: -3 } } }), () => ({ $rename: { c: 'd' } }), () => ({ $set: { [path()]: this.scalar() }, $unset: { d: '' } }),
      () => [{ $set: { b: { $ifNull: ['$a', this.scalar()] }, c: { $cond: [{ $gt: ['$a', 2] }, 'x', '$c'] } } }], () => [{ $unset: 'd' }],
    ])();
  }

  pipeline(): Doc[] {
    const { random } = this;
    const stages: Doc[] = [];
    if (random.chance(0.7)) stages.push({ $match: this.filter() });
    for (let count = random.below(3); count > 0; count -= 1) {
      stages.push(random.pick<() => Doc>([
        () => ({ $sort: this.sort() }), () => ({ $addFields: { s: { $cond: [{ $gte: ['$a', 2] }, '$b', '$a'] } } }), () => ({ $project: { a: 1, b: 1, 'n.x': 1 } }), () => ({ $project: { l: 0, 'n.y': 0 } }),
        () => ({ $unwind: { path: '$l', preserveNullAndEmptyArrays: random.chance(0.5) } }), () => ({ $match: this.filter(1) }),
        () => ({ $set: { t: { $type: '$n.x' }, e: { $eq: ['$a', '$b'] }, k: { $cmp: ['$a', '$c'] } } }),
      ])());
    }
    if (random.chance(0.5)) {
      const key = random.pick(['$a', '$b', '$n.x']);
      // In one order, so that of equal keys of different types the same one stands for all.
      stages.push({ $sort: { _id: 1 } }, { $group: { _id: key, n: { $sum: 1 }, all: { $sum: '$_id' }, low: { $min: '$_id' }, first: { $first: '$_id' } } });
    }
    return stages;
  }
}
