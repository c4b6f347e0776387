/** Parts of an order: which ticket it is for, what of its money goes back, and what a person should look at. */
import { Schema } from 'mongoose';

/** What went wrong with an order's money, and since when. */
export interface OrderProblem {
  kind: 'paid_without_seat' | 'refund_stuck';
  since: Date;
}

/** Which ticket was ordered, by its keys in the workshop. `name` is empty where it is the only one. */
export interface OrderedTicket {
  typeKey: string;
  name: string;
  pool: string;
}

export const ticketField = {
  type: new Schema<OrderedTicket>({ typeKey: { type: String, required: true }, name: { type: String, default: '' }, pool: { type: String, required: true } }, { _id: false }),
};

export const problemField = {
  type: new Schema<OrderProblem>({ kind: { type: String, required: true }, since: { type: Date, required: true } }, { _id: false }),
  default: null,
};

/** What Stripe has asked the buyer before a refund can reach them: since when it is known here, and until when they may answer. */
export interface RefundAsks {
  since: Date;
  until: Date | null;
}

/** What Stripe says of an order's refunds, all together. */
export interface MoneyBack {
  /** What Stripe has given back or has on its way, in minor units. Absent in an older order. */
  returned?: number;
  /** Absent in an order from before this was followed. */
  refundAsks?: RefundAsks | null;
}

export const moneyBackFields = {
  returned: { type: Number, default: 0 },
  refundAsks: { type: new Schema<RefundAsks>({ since: { type: Date, required: true }, until: { type: Date, default: null } }, { _id: false }), default: null },
};
