/**
 * The seats of one workshop, in one document: pools of so many, who has one, who holds one while paying, and until when.
 * See `claims.ts` for how capacity, holds and expiry are judged in one write.
 */
import { model, Schema, Types, type Model } from 'mongoose';
import { mainKey, type SeatPool } from '../../shared/contracts/selling.js';
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
}

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
  /** Puts up the pools given. Doing it again keeps whoever has a seat. */
  open(workshopId: Types.ObjectId, pools: readonly SeatPool[]): Promise<void>;
  /** Holds a seat for an order until a moment. The same order asking again keeps its seat and moves the end of its hold. */
  hold(claim: SeatClaim, until: Date, now: Date): Promise<SeatAnswer>;
  /** Makes an order's seat its own: from its hold, or from what is free if the hold has gone. Doing it again changes nothing. */
  take(claim: SeatClaim, now: Date): Promise<SeatAnswer>;
  /** Gives back whatever the order has or holds. Answers whether it had anything. */
  release(workshopId: string, orderId: string): Promise<boolean>;
  /** Gives back what the order holds, and nothing it has. */
  dropHold(workshopId: string, orderId: string): Promise<void>;
  /** What is free now, by workshop id. */
  count(workshopIds: readonly Types.ObjectId[], now: Date): Promise<Map<string, SeatCounts>>;
}

const seatsSchema = new Schema<SeatsDocument, SeatsModel>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    pools: { type: [new Schema({ key: { type: String, required: true }, capacity: { type: Number, required: true } }, { _id: false })], default: undefined },
    capacity: { type: Number },
    ...claimFields({ pool: { type: String }, first: { type: String } }),
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
  await this.updateOne({ _id: workshopId }, { $set: { pools: sizes }, $setOnInsert: { taken: [], holds: [] } }, { upsert: true });
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
