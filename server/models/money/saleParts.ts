/** What is sold, as it is kept: in the workshop as it stands, and beside its seats as it was last decided. */
import { Schema } from 'mongoose';
import type { SeatPool, TicketType } from '../../../shared/contracts/selling.js';

export const poolSchema = new Schema<SeatPool>({ key: { type: String, required: true }, name: { type: String, default: '' }, capacity: { type: Number, required: true } }, { _id: false });

export const typeSchema = new Schema<TicketType>(
  {
    key: { type: String, required: true },
    name: { type: String, default: '' },
    pool: { type: String, required: true },
    price: { type: Number, required: true },
    // Each rule has the fields of its kind, as the contract has checked them.
    rules: { type: Schema.Types.Mixed, required: true },
  },
  { _id: false },
);

/** A change of what is sold. It is decided where the seats are counted; the workshop follows it. */
export interface SaleChange {
  /** The client's name for it, so that a retry finds it. */
  clientChangeId: string;
  /** Rises by one with each change. */
  revision: number;
  pools: SeatPool[];
  types: TicketType[];
  /** Whether the workshop has followed it. */
  isFollowed: boolean;
}

/** Absent until what is sold is first changed. */
export const saleChangeField = {
  type: new Schema<SaleChange>(
    { clientChangeId: { type: String, required: true }, revision: { type: Number, required: true }, pools: { type: [poolSchema], required: true }, types: { type: [typeSchema], required: true }, isFollowed: { type: Boolean, required: true } },
    { _id: false },
  ),
  default: undefined,
};
