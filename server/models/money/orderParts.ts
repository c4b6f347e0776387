/** Parts of an order: which ticket it is for, and what a person should look at. */
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
