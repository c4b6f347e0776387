/**
 * The seats of one workshop, in one document: who has one, who holds one while paying, and until when. Capacity, holds
 * and expiry are judged inside the write that changes them, so no sweeper and no lock stands between two buyers.
 */
import { model, Schema, Types, type Model, type PipelineStage } from 'mongoose';

export interface TakenSeat {
  orderId: Types.ObjectId;
  memberId: Types.ObjectId;
}

/** A seat that is kept for a buyer until the moment in `until`; from then on it is free, whether or not it still stands here. */
export interface HeldSeat extends TakenSeat {
  until: Date;
}

export interface SeatsDocument {
  /** The workshop's id. */
  _id: Types.ObjectId;
  capacity: number;
  taken: TakenSeat[];
  holds: HeldSeat[];
}

/** What an order asks of the seats. */
export interface SeatClaim {
  workshopId: string;
  orderId: string;
  memberId: string;
}

/** `already_yours`: the member has or holds a seat through another order. */
export type SeatAnswer = 'won' | 'sold_out' | 'already_yours';

interface SeatsModel extends Model<SeatsDocument> {
  /** Puts up as many seats as given. Doing it again keeps whoever has one. */
  open(workshopId: Types.ObjectId, capacity: number): Promise<void>;
  /** Holds a seat for an order until a moment. The same order asking again keeps its seat and moves the end of its hold. */
  hold(claim: SeatClaim, until: Date, now: Date): Promise<SeatAnswer>;
  /** Makes an order's seat its own: from its hold, or from what is free if the hold has gone. Doing it again changes nothing. */
  take(claim: SeatClaim, now: Date): Promise<SeatAnswer>;
  /** Gives back whatever the order has or holds. Answers whether it had anything. */
  release(workshopId: string, orderId: string): Promise<boolean>;
  /** Gives back what the order holds, and nothing it has. */
  dropHold(workshopId: string, orderId: string): Promise<void>;
  /** How many seats are free now, by workshop id. */
  countLeft(workshopIds: readonly Types.ObjectId[], now: Date): Promise<Map<string, number>>;
}

const seatFields = { orderId: { type: Schema.Types.ObjectId, required: true }, memberId: { type: Schema.Types.ObjectId, required: true } };

const seatsSchema = new Schema<SeatsDocument, SeatsModel>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    capacity: { type: Number, required: true },
    taken: { type: [new Schema(seatFields, { _id: false })], required: true },
    holds: { type: [new Schema({ ...seatFields, until: { type: Date, required: true } }, { _id: false })], required: true },
  },
  { versionKey: false },
);

/** The holds that still count at `now`, as an aggregation expression. */
const liveHolds = (now: Date) => ({ $filter: { input: '$holds', as: 'hold', cond: { $gt: ['$$hold.until', now] } } });

/** Whether one more seat is free and the member has none, given that `holds` has only live ones of other orders. */
const mayHaveOne = (memberId: Types.ObjectId) => ({
  $and: [
    { $lt: [{ $add: [{ $size: '$taken' }, { $size: '$holds' }] }, '$capacity'] },
    { $not: [{ $in: [memberId, '$taken.memberId'] }] },
  ],
});

/** Drops expired holds and the order's own one: a renewed hold must not be counted against itself. */
const withoutOwnHold = (orderId: Types.ObjectId, now: Date): PipelineStage.Set => ({
  $set: { holds: { $filter: { input: liveHolds(now), as: 'hold', cond: { $ne: ['$$hold.orderId', orderId] } } } },
});

seatsSchema.statics.open = async function (this: SeatsModel, workshopId: Types.ObjectId, capacity: number) {
  await this.updateOne({ _id: workshopId }, { $set: { capacity }, $setOnInsert: { taken: [], holds: [] } }, { upsert: true });
};

seatsSchema.statics.hold = async function (this: SeatsModel, claim: SeatClaim, until: Date, now: Date) {
  const { orderId, memberId } = idsOf(claim);
  const wins = { $and: [mayHaveOne(memberId), { $not: [{ $in: [memberId, '$holds.memberId'] }] }] };
  const seats = await this.findOneAndUpdate(
    { _id: claim.workshopId },
    [withoutOwnHold(orderId, now), { $set: { holds: { $cond: [wins, { $concatArrays: ['$holds', [{ orderId, memberId, until }]] }, '$holds'] } } }],
    { updatePipeline: true, returnDocument: 'after', projection: onlyOf(memberId) },
  ).lean();
  return answerFrom(seats?.holds ?? [], [...(seats?.taken ?? []), ...(seats?.holds ?? [])], orderId);
};

seatsSchema.statics.take = async function (this: SeatsModel, claim: SeatClaim, now: Date) {
  const { orderId, memberId } = idsOf(claim);
  const isTaken = { $in: [orderId, '$taken.orderId'] };
  const wins = { $and: [{ $not: [isTaken] }, mayHaveOne(memberId)] };
  const seats = await this.findOneAndUpdate(
    { _id: claim.workshopId },
    [withoutOwnHold(orderId, now), { $set: { taken: { $cond: [wins, { $concatArrays: ['$taken', [{ orderId, memberId }]] }, '$taken'] } } }],
    { updatePipeline: true, returnDocument: 'after', projection: onlyOf(memberId) },
  ).lean();
  return answerFrom(seats?.taken ?? [], seats?.taken ?? [], orderId);
};

seatsSchema.statics.release = async function (this: SeatsModel, workshopId: string, orderId: string) {
  const result = await this.updateOne({ _id: workshopId }, { $pull: { taken: { orderId }, holds: { orderId } } });
  return result.modifiedCount === 1;
};

seatsSchema.statics.dropHold = async function (this: SeatsModel, workshopId: string, orderId: string) {
  await this.updateOne({ _id: workshopId }, { $pull: { holds: { orderId } } });
};

seatsSchema.statics.countLeft = async function (this: SeatsModel, workshopIds: readonly Types.ObjectId[], now: Date) {
  const used = { $add: [{ $size: '$taken' }, { $size: liveHolds(now) }] };
  const rows = await this.aggregate<{ _id: Types.ObjectId; left: number }>([
    { $match: { _id: { $in: [...workshopIds] } } },
    { $project: { left: { $max: [0, { $subtract: ['$capacity', used] }] } } },
  ]);
  return new Map(rows.map((row) => [String(row._id), row.left]));
};

/** Of a house full of seats only the member's own are read back: there is at most one of each kind. */
const onlyOf = (memberId: Types.ObjectId) => ({ taken: { $elemMatch: { memberId } }, holds: { $elemMatch: { memberId } } });

/** What the write came to: `won` if the order is where it wanted to be, else whether the member has another seat. */
function answerFrom(wanted: readonly TakenSeat[], own: readonly TakenSeat[], orderId: Types.ObjectId): SeatAnswer {
  if (wanted.some((seat) => seat.orderId.equals(orderId))) return 'won';
  return own.length > 0 ? 'already_yours' : 'sold_out';
}

/** A pipeline is not cast by the schema, so the ids are made here. */
function idsOf(claim: SeatClaim): { orderId: Types.ObjectId; memberId: Types.ObjectId } {
  return { orderId: new Types.ObjectId(claim.orderId), memberId: new Types.ObjectId(claim.memberId) };
}

export const Seats = model<SeatsDocument, SeatsModel>('Seats', seatsSchema, 'seats');
