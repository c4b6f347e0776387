/**
 * The seats of one workshop, in one document: pools of so many, who has one, who holds one while paying, and until when.
 * See `claims.ts` for how capacity, holds and expiry are judged in one write.
 */
import { model, Schema, Types, type Model } from 'mongoose';
import { mainKey, type SeatPool } from '../../shared/contracts/selling.js';
import { isDuplicate } from './duplicate.js';
import { saleChangeField, type SaleChange } from './money/saleParts.js';
import { claimFields, countOf, holdPipeline, liveHolds, onlyOf, standing, takePipeline, type Held, type Taken } from './claims.js';

export interface TakenSeat extends Taken {
  /** Which pool it comes out of; absent in a seat from before there were several. */
  pool?: string;
  /** The ticket type whose price for the first it has; absent where it has another. */
  first?: string;
}

export interface SeatsDocument {
  /** The workshop's id. */
  _id: Types.ObjectId;
  /** Absent in a document from before there were several: then `capacity` is the only pool's. */
  pools?: Pick<SeatPool, 'key' | 'capacity'>[];
  capacity?: number;
  taken: TakenSeat[];
  holds: Held<TakenSeat>[];
  /** The last change of what is sold; absent until there was one. */
  change?: SaleChange;
}

/** What a change came to: `too_small` with the pool that has fewer seats than are sold or held, and how many those are. */
export type ChangeAnswer = { kind: 'changed' | 'changed_since' } | { kind: 'too_small'; pool: string; least: number };

/** What an order asks of the seats. */
export interface SeatClaim {
  workshopId: string;
  orderId: string;
  memberId: string;
  pool: string;
  /** Asked for at the price for the first `count` of a ticket type; null where that price is not asked for. */
  first: { typeKey: string; count: number } | null;
}

/** `sold_out`: no seat is free, or none at the price for the first. `already_yours`: the member has or holds one through another order. */
export type SeatAnswer = 'won' | 'sold_out' | 'already_yours';

/** What is free now: seats by their pool, and how many of the first of a ticket type have come. */
export interface SeatCounts {
  left: Map<string, number>;
  firstCame: Map<string, number>;
}

interface SeatsModel extends Model<SeatsDocument> {
  /** Puts up the pools given, unless they were changed since. Doing it again keeps whoever has a seat. */
  open(workshopId: Types.ObjectId, pools: readonly SeatPool[]): Promise<void>;
  /** Holds a seat for an order until a moment. The same order asking again keeps its seat and moves the end of its hold. */
  hold(claim: SeatClaim, until: Date, now: Date): Promise<SeatAnswer>;
  /** Makes an order's seat its own: from its hold, or from what is free if the hold has gone. Doing it again changes nothing. */
  take(claim: SeatClaim, now: Date): Promise<SeatAnswer>;
  /** Gives back whatever the order has or holds. Answers whether it had anything. */
  release(workshopId: string, orderId: string): Promise<boolean>;
  /** Gives back what the order holds, and nothing it has. */
  dropHold(workshopId: string, orderId: string): Promise<void>;
  /**
   * Changes what is sold, if nobody else has since `revision`, and each pool keeps room for all that is sold or held in it: capacity and
   * seats are judged in the write itself, whoever buys meanwhile. The same change asked for again has been made.
   */
  changeSale(workshopId: Types.ObjectId, change: Omit<SaleChange, 'isFollowed' | 'revision'>, revision: number, now: Date): Promise<ChangeAnswer>;
  /** Changes that their workshops have not followed, as after a crash. */
  unfollowed(): Promise<SeatsDocument[]>;
  /** Notes that the workshop has followed a change. */
  markFollowed(workshopId: Types.ObjectId, revision: number): Promise<void>;
  /** What is free now, by workshop id. */
  count(workshopIds: readonly Types.ObjectId[], now: Date): Promise<Map<string, SeatCounts>>;
}

const seatsSchema = new Schema<SeatsDocument, SeatsModel>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    pools: { type: [new Schema({ key: { type: String, required: true }, capacity: { type: Number, required: true } }, { _id: false })], default: undefined },
    capacity: { type: Number },
    ...claimFields({ pool: { type: String }, first: { type: String } }),
    change: saleChangeField,
  },
  { versionKey: false },
);

const pools = { $ifNull: ['$pools', [{ key: mainKey, capacity: '$capacity' }]] };
const isIn = (pool: unknown) => ({ $eq: [{ $ifNull: ['$$claim.pool', mainKey] }, pool] });

/** Whether one more seat of the pool is free, and one more of the first may come, and the member has none. */
function mayHaveOne({ pool, first }: SeatClaim, memberId: Types.ObjectId) {
  const capacity = { $sum: { $map: { input: pools, as: 'pool', in: { $cond: [{ $eq: ['$$pool.key', pool] }, '$$pool.capacity', 0] } } } };
  const isFirst = first ? [{ $lt: [countOf(standing, { $eq: ['$$claim.first', first.typeKey] }), first.count] }] : [];
  return [{ $lt: [countOf(standing, isIn(pool)), capacity] }, ...isFirst, { $not: [{ $in: [memberId, '$taken.memberId'] }] }];
}

seatsSchema.statics.open = async function (this: SeatsModel, workshopId: Types.ObjectId, opened: readonly SeatPool[]) {
  const sizes = opened.map(({ key, capacity }) => ({ key, capacity }));
  try {
    await this.updateOne({ _id: workshopId, change: null }, { $set: { pools: sizes }, $setOnInsert: { taken: [], holds: [] } }, { upsert: true });
  } catch (error) {
    // There are seats, and what is sold of them was changed.
    if (!isDuplicate(error)) throw error;
  }
};

seatsSchema.index({ 'change.isFollowed': 1 }, { partialFilterExpression: { 'change.isFollowed': false } });

seatsSchema.statics.changeSale = async function (this: SeatsModel, workshopId: Types.ObjectId, { clientChangeId, pools: wanted, types }: Parameters<SeatsModel['changeSale']>[1], revision: number, now: Date) {
  const claims = { $concatArrays: ['$taken', liveHolds(now)] };
  const fits = wanted.map(({ key, capacity }) => ({ $lte: [countOf(claims, isIn(key)), capacity] }));
  const hasAll = { $eq: [countOf(claims, { $not: [{ $in: [{ $ifNull: ['$$claim.pool', mainKey] }, wanted.map(({ key }) => key)] }] }), 0] };
  const result = await this.updateOne(
    { _id: workshopId, 'change.revision': revision === 0 ? null : revision, $expr: { $and: [hasAll, ...fits] } },
    { $set: { pools: wanted.map(({ key, capacity }) => ({ key, capacity })), change: { clientChangeId, revision: revision + 1, pools: wanted, types, isFollowed: false } }, $unset: { capacity: '' } },
  );
  return result.modifiedCount === 1 ? { kind: 'changed' as const } : whyNotChanged(await this.findById(workshopId).orFail().lean(), clientChangeId, revision, wanted, now);
};

/** Why a change was not made, as it looks now; of several pools that are too small, the first. */
function whyNotChanged({ change, taken, holds }: SeatsDocument, clientChangeId: string, revision: number, wanted: readonly SeatPool[], now: Date): ChangeAnswer {
  if (change?.clientChangeId === clientChangeId) return { kind: 'changed' };
  const used = tally([...taken, ...holds.filter(({ until }) => until > now)].map(({ pool = mainKey }) => pool));
  const short = [...used].find(([key, count]) => count > (wanted.find((pool) => pool.key === key)?.capacity ?? 0));
  if ((change?.revision ?? 0) !== revision || !short) return { kind: 'changed_since' };
  return { kind: 'too_small', pool: short[0], least: short[1] };
}

seatsSchema.statics.unfollowed = function (this: SeatsModel) {
  return this.find({ 'change.isFollowed': false }).lean();
};

seatsSchema.statics.markFollowed = async function (this: SeatsModel, workshopId: Types.ObjectId, revision: number) {
  await this.updateOne({ _id: workshopId, 'change.revision': revision }, { $set: { 'change.isFollowed': true } });
};

seatsSchema.statics.hold = async function (this: SeatsModel, claim: SeatClaim, until: Date, now: Date) {
  const mine = seatOf(claim);
  const may = { $and: [...mayHaveOne(claim, mine.memberId), { $not: [{ $in: [mine.memberId, '$holds.memberId'] }] }] };
  const seats = await this.findOneAndUpdate(
    { _id: claim.workshopId },
    holdPipeline(mine, until, now, may),
    { updatePipeline: true, returnDocument: 'after', projection: onlyOf(mine.memberId) },
  ).lean();
  return answerFrom(seats?.holds ?? [], [...(seats?.taken ?? []), ...(seats?.holds ?? [])], mine.orderId);
};

seatsSchema.statics.take = async function (this: SeatsModel, claim: SeatClaim, now: Date) {
  const mine = seatOf(claim);
  const seats = await this.findOneAndUpdate(
    { _id: claim.workshopId },
    takePipeline(mine, now, { $and: mayHaveOne(claim, mine.memberId) }),
    { updatePipeline: true, returnDocument: 'after', projection: onlyOf(mine.memberId) },
  ).lean();
  return answerFrom(seats?.taken ?? [], seats?.taken ?? [], mine.orderId);
};

seatsSchema.statics.release = async function (this: SeatsModel, workshopId: string, orderId: string) {
  const result = await this.updateOne({ _id: workshopId }, { $pull: { taken: { orderId }, holds: { orderId } } });
  return result.modifiedCount === 1;
};

seatsSchema.statics.dropHold = async function (this: SeatsModel, workshopId: string, orderId: string) {
  await this.updateOne({ _id: workshopId }, { $pull: { holds: { orderId } } });
};

seatsSchema.statics.count = async function (this: SeatsModel, workshopIds: readonly Types.ObjectId[], now: Date) {
  const used = { key: '$$pool.key', left: { $max: [0, { $subtract: ['$$pool.capacity', countOf('$standing', isIn('$$pool.key'))] }] } };
  const rows = await this.aggregate<{ _id: Types.ObjectId; left: { key: string; left: number }[]; first: string[] }>([
    { $match: { _id: { $in: [...workshopIds] } } },
    { $project: { pools, standing: { $concatArrays: ['$taken', liveHolds(now)] } } },
    { $project: { left: { $map: { input: '$pools', as: 'pool', in: used } }, first: '$standing.first' } },
  ]);
  return new Map(rows.map(({ _id, left, first }) => [String(_id), { left: new Map(left.map((pool) => [pool.key, pool.left])), firstCame: tally(first) }]));
};

function tally(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** What the write came to: `won` if the order is where it wanted to be, else whether the member has another seat. */
function answerFrom(wanted: readonly Taken[], own: readonly Taken[], orderId: Types.ObjectId): SeatAnswer {
  if (wanted.some((seat) => seat.orderId.equals(orderId))) return 'won';
  return own.length > 0 ? 'already_yours' : 'sold_out';
}

/** A pipeline is not cast by the schema, so the ids are made here. */
function seatOf({ orderId, memberId, pool, first }: SeatClaim): TakenSeat {
  return { orderId: new Types.ObjectId(orderId), memberId: new Types.ObjectId(memberId), pool, ...(first && { first: first.typeKey }) };
}

export const Seats = model<SeatsDocument, SeatsModel>('Seats', seatsSchema, 'seats');
