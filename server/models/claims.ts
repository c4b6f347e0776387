/**
 * Things of which there are only so many, in one document: who has one, who holds one while paying, and until when. How
 * many there are, the holds and their ends are judged inside the write that changes them, so no sweeper and no lock stands
 * between two buyers. These are the parts of such a write; each model says what its limits are.
 */
import { Schema, type PipelineStage, type Types } from 'mongoose';

/** What an order has. */
export interface Taken {
  orderId: Types.ObjectId;
  memberId: Types.ObjectId;
}

/** What is kept for an order until the moment in `until`; from then on it is free, whether or not it still stands here. */
export type Held<T extends Taken> = T & { until: Date };

/** An aggregation expression that says yes or no. */
type Condition = Record<string, unknown>;

const who = { orderId: { type: Schema.Types.ObjectId, required: true }, memberId: { type: Schema.Types.ObjectId, required: true } };

/** The fields of such a document; `marks` are what else stands beside each claim. */
export const claimFields = (marks: Record<string, object> = {}) => ({
  taken: { type: [new Schema({ ...who, ...marks }, { _id: false })], required: true },
  holds: { type: [new Schema({ ...who, ...marks, until: { type: Date, required: true } }, { _id: false })], required: true },
});

/** The holds that still count at `now`, as an expression. */
export const liveHolds = (now: Date) => ({ $filter: { input: '$holds', as: 'hold', cond: { $gt: ['$$hold.until', now] } } });

/** All claims that stand, given that `holds` has only live ones of other orders. */
export const standing = { $concatArrays: ['$taken', '$holds'] };

/** How many of `claims` meet a condition about `$$claim`. */
export const countOf = (claims: unknown, cond: Condition) => ({ $size: { $filter: { input: claims, as: 'claim', cond } } });

/** Drops expired holds and the order's own one: a renewed hold must not be counted against itself. */
const withoutOwnHold = (orderId: Types.ObjectId, now: Date): PipelineStage.Set => ({
  $set: { holds: { $filter: { input: liveHolds(now), as: 'hold', cond: { $ne: ['$$hold.orderId', orderId] } } } },
});

/** Holds one for an order until a moment if `may` is met. The order that asks again keeps its own and moves its end. */
export function holdPipeline(mine: Taken, until: Date, now: Date, may: Condition): PipelineStage.Set[] {
  return [withoutOwnHold(mine.orderId, now), { $set: { holds: { $cond: [may, { $concatArrays: ['$holds', [{ ...mine, until }]] }, '$holds'] } } }];
}

/** Makes one an order's own if `may` is met: from its hold, or from what is free if the hold has gone. Done again it changes nothing. */
export function takePipeline(mine: Taken, now: Date, may: Condition): PipelineStage.Set[] {
  const wins = { $and: [{ $not: [{ $in: [mine.orderId, '$taken.orderId'] }] }, may] };
  return [withoutOwnHold(mine.orderId, now), { $set: { taken: { $cond: [wins, { $concatArrays: ['$taken', [mine]] }, '$taken'] } } }];
}

/** Of a house full of claims only the member's own are read back. */
export const onlyOf = (memberId: Types.ObjectId) => ({ taken: { $elemMatch: { memberId } }, holds: { $elemMatch: { memberId } } });
