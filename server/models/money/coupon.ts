/**
 * A coupon: a code that makes a ticket cheaper, so many times in all and so many times a member. Who has used it and who
 * holds it while paying stands in its own document; see `claims.ts` for how that is judged in one write.
 */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { CouponOff } from '../../../shared/contracts/coupons.js';
import { claimFields, countOf, holdPipeline, liveHolds, standing, takePipeline, type Held, type Taken } from '../claims.js';
import { isDuplicate } from '../duplicate.js';

export interface CouponDocument {
  _id: Types.ObjectId;
  clientCouponId: string;
  /** In capitals. */
  code: string;
  off: CouponOff;
  usesMax: number;
  usesPerMember: number;
  expiresAt: Date | null;
  /** The only workshop it is for; null is every one. */
  workshopId: Types.ObjectId | null;
  createdAt: Date;
  closedAt: Date | null;
  taken: Taken[];
  holds: Held<Taken>[];
}

/** A coupon with its claims counted: a list needs no more. */
export type CouponRow = Omit<CouponDocument, 'taken' | 'holds'> & { used: number; held: number };

/** What an order asks of a coupon. */
export interface CouponClaim {
  couponId: Types.ObjectId;
  orderId: Types.ObjectId;
  memberId: Types.ObjectId;
}

interface CouponModel extends Model<CouponDocument> {
  /** Makes the coupon once per `clientCouponId`; null when the code is another coupon's. */
  createOnce(coupon: Omit<CouponDocument, '_id' | 'closedAt' | 'taken' | 'holds'>): Promise<CouponDocument | null>;
  /** Holds a use for an order until a moment, if the coupon still stands and a use is free. Answers whether the order holds one. */
  hold(claim: CouponClaim, until: Date, now: Date): Promise<boolean>;
  /** Makes a use the order's own: from its hold, or from what is free if the hold has gone. Doing it again changes nothing. */
  take(claim: CouponClaim, now: Date): Promise<boolean>;
  /** Gives back whatever the order has or holds. */
  release(couponId: Types.ObjectId, orderId: Types.ObjectId): Promise<void>;
  /** Gives back what the order holds, and nothing it has. */
  dropHold(couponId: Types.ObjectId, orderId: Types.ObjectId): Promise<void>;
  /** Closes it for new orders; null when there is none. Closing it again changes nothing. */
  shut(couponId: string, now: Date): Promise<CouponDocument | null>;
  /** All of them, or the one named, the newest first. */
  rows(now: Date, couponId?: Types.ObjectId): Promise<CouponRow[]>;
}

const couponSchema = new Schema<CouponDocument, CouponModel>(
  {
    clientCouponId: { type: String, required: true, unique: true },
    code: { type: String, required: true, unique: true },
    // The fields of its kind, as the contract has checked them.
    off: { type: Schema.Types.Mixed, required: true },
    usesMax: { type: Number, required: true },
    usesPerMember: { type: Number, required: true },
    expiresAt: { type: Date, default: null },
    workshopId: { type: Schema.Types.ObjectId, default: null },
    createdAt: { type: Date, required: true },
    closedAt: { type: Date, default: null },
    ...claimFields(),
  },
  { versionKey: false },
);

/** Whether a use is free, for all and for the member. */
const isFree = (memberId: Types.ObjectId) => [
  { $lt: [{ $size: standing }, '$usesMax'] },
  { $lt: [countOf(standing, { $eq: ['$$claim.memberId', memberId] }), '$usesPerMember'] },
];

couponSchema.statics.createOnce = async function (this: CouponModel, coupon: Parameters<CouponModel['createOnce']>[0]) {
  try {
    return (await this.create({ ...coupon, taken: [], holds: [] })).toObject();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return this.findOne({ clientCouponId: coupon.clientCouponId }).lean();
  }
};

couponSchema.statics.hold = async function (this: CouponModel, { couponId, ...mine }: CouponClaim, until: Date, now: Date) {
  const stands = [{ $eq: ['$closedAt', null] }, { $or: [{ $eq: ['$expiresAt', null] }, { $gt: ['$expiresAt', now] }] }];
  const coupon = await this.findOneAndUpdate({ _id: couponId }, holdPipeline(mine, until, now, { $and: [...stands, ...isFree(mine.memberId)] }), {
    updatePipeline: true,
    returnDocument: 'after',
    projection: { holds: { $elemMatch: { orderId: mine.orderId } } },
  }).lean();
  return (coupon?.holds ?? []).length > 0;
};

couponSchema.statics.take = async function (this: CouponModel, { couponId, ...mine }: CouponClaim, now: Date) {
  const coupon = await this.findOneAndUpdate({ _id: couponId }, takePipeline(mine, now, { $and: isFree(mine.memberId) }), {
    updatePipeline: true,
    returnDocument: 'after',
    projection: { taken: { $elemMatch: { orderId: mine.orderId } } },
  }).lean();
  return (coupon?.taken ?? []).length > 0;
};

couponSchema.statics.release = async function (this: CouponModel, couponId: Types.ObjectId, orderId: Types.ObjectId) {
  await this.updateOne({ _id: couponId }, { $pull: { taken: { orderId }, holds: { orderId } } });
};

couponSchema.statics.dropHold = async function (this: CouponModel, couponId: Types.ObjectId, orderId: Types.ObjectId) {
  await this.updateOne({ _id: couponId }, { $pull: { holds: { orderId } } });
};

couponSchema.statics.shut = async function (this: CouponModel, couponId: string, now: Date) {
  await this.updateOne({ _id: couponId, closedAt: null }, { $set: { closedAt: now } });
  return this.findById(couponId).lean();
};

couponSchema.statics.rows = function (this: CouponModel, now: Date, couponId?: Types.ObjectId) {
  return this.aggregate<CouponRow>([
    { $match: couponId ? { _id: couponId } : {} },
    { $sort: { createdAt: -1, _id: -1 } },
    { $set: { used: { $size: '$taken' }, held: { $size: liveHolds(now) } } },
    { $unset: ['taken', 'holds'] },
  ]);
};

/** Whether nobody begins an order with it any more. */
export function isOver({ closedAt, expiresAt }: CouponDocument, now: Date): boolean {
  return closedAt !== null || (expiresAt !== null && expiresAt <= now);
}

export const Coupon = model<CouponDocument, CouponModel>('Coupon', couponSchema);
