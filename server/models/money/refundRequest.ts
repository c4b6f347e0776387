/** A refund that was asked for, as it stands in its order. It is noted there before Stripe is asked, so that none is forgotten and none made twice. */
import { Schema, type Types } from 'mongoose';
import type { RefundRules, RefundState, RefundView } from '../../../shared/refunds.js';

export interface RefundRequest {
  /** Names it at Stripe, too: the idempotency key, and the refund's metadata. */
  id: string;
  /** In minor units of the order's currency; 0 for a free ticket. */
  amount: number;
  /** The right and the seat stay with the buyer. */
  keepsSeat: boolean;
  reason: string;
  by: RefundView['by'];
  /** Who asked. */
  byId: Types.ObjectId;
  askedAt: Date;
  state: RefundState;
  /** Which failed one it stands in for; absent where it stands for itself. */
  repairs?: string;
}

export const refundRequestSchema = new Schema<RefundRequest>(
  {
    id: { type: String, required: true },
    amount: { type: Number, required: true },
    keepsSeat: { type: Boolean, required: true },
    reason: { type: String, default: '' },
    by: { type: String, required: true },
    byId: { type: Schema.Types.ObjectId, required: true },
    askedAt: { type: Date, required: true },
    state: { type: String, required: true },
    repairs: { type: String },
  },
  { _id: false, id: false },
);

/** Those that have failed, and that no other stands in for. */
export function unrepaired(refunds: readonly RefundRequest[]): RefundRequest[] {
  return refunds.filter(({ id, state }) => state === 'failed' && !refunds.some(({ repairs }) => repairs === id));
}

const partialSchema = new Schema<NonNullable<RefundRules['partial']>>({ percent: { type: Number, required: true }, hours: { type: Number, required: true } }, { _id: false });

/** A document's field that keeps refund rules. */
export const refundRulesField = {
  type: new Schema<RefundRules>({ fullHours: { type: Number, required: true }, partial: { type: partialSchema, default: null } }, { _id: false }),
  default: null,
};
