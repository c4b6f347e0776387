/** A payment that its bank took back, as it stands in its order: the order moves by it in the very write that notes it. */
import { Schema, type Types } from 'mongoose';
import type { DisputeView, OrderState } from '../../../shared/contracts/tickets.js';

/** A dispute as Stripe tells of it; see `DisputeView`. */
export interface OrderDispute {
  id: string;
  state: DisputeView['state'];
  amount: number;
  openedAt: Date;
  dueAt: Date | null;
}

/** An order's field that keeps a dispute. */
export const disputeField = {
  type: new Schema<OrderDispute>(
    { id: { type: String, required: true }, state: { type: String, required: true }, amount: { type: Number, required: true }, openedAt: { type: Date, required: true }, dueAt: { type: Date, default: null } },
    { _id: false, id: false },
  ),
  default: null,
};

/** Where a dispute moves an order from, and to. */
const movesOf: Record<OrderDispute['state'], { from: OrderState[]; to: OrderState }> = {
  open: { from: ['paid'], to: 'disputed' },
  won: { from: ['disputed'], to: 'paid' },
  lost: { from: ['paid', 'disputed'], to: 'charged_back' },
};

/** Finds the order unless it has heard already how this dispute was decided. */
export function whereNews(orderId: Types.ObjectId, { id }: OrderDispute): { _id: Types.ObjectId; $or: Record<string, unknown>[] } {
  return { _id: orderId, $or: [{ dispute: null }, { 'dispute.state': 'open' }, { 'dispute.id': { $ne: id } }] };
}

/** Notes the dispute and moves the order by it. */
export function notePipeline(dispute: OrderDispute) {
  const { from, to } = movesOf[dispute.state];
  return [{ $set: { dispute, state: { $cond: [{ $in: ['$state', from] }, to, '$state'] } } }];
}
