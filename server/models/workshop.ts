/** A workshop: a live event that sells tickets out of pools of seats. Its seats are counted in `seats.ts`, its room is a room like any other. */
import { model, Schema, type Types } from 'mongoose';
import { mainKey, type SeatPool, type TicketType } from '../../shared/contracts/selling.js';
import type { WorkshopState } from '../../shared/contracts/workshops.js';
import type { Money } from '../../shared/money.js';
import type { RefundRules } from '../../shared/refunds.js';
import { cancellationSchema, type Cancellation } from './money/cancellation.js';
import { refundRulesField } from './money/refundRequest.js';

export interface WorkshopDocument {
  _id: Types.ObjectId;
  clientWorkshopId: string;
  title: string;
  summary: string;
  startsAt: Date;
  minutes: number;
  hostIds: Types.ObjectId[];
  /** What is sold; absent in a workshop from before there were several ticket types: then `price` and `capacity` say it. See `saleOf`. */
  currency?: string;
  pools?: SeatPool[];
  types?: TicketType[];
  price?: Money;
  capacity?: number;
  refundPolicy: string;
  /** Absent in a workshop from before there were any: it promises what its policy says, and the organizer keeps it by hand. */
  refundRules?: RefundRules | null;
  /** What a certificate asks for, in percent of the time live; null gives none, and so does a workshop from before there were any. */
  certificatePercent?: number | null;
  state: WorkshopState;
  liveAt: Date | null;
  endedAt: Date | null;
  /** When a host last said that it goes on though its planned time is over; null, or absent in an older one, if never. */
  keptOpenAt?: Date | null;
  /** When it ends by itself unless somebody comes or a host keeps it open; null, or absent in an older one, while that is not near. */
  endsItselfAt?: Date | null;
  /** Set once it is cancelled. */
  cancellation?: Cancellation | null;
  /** How often what a calendar shows of it has changed since it was published. */
  revision?: number;
  /** When its attendance was written down for good; null, or absent in an older one, until then. */
  attendanceFrozenAt?: Date | null;
  roomId: Types.ObjectId;
}

const typeSchema = new Schema<TicketType>(
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

const workshopSchema = new Schema<WorkshopDocument>(
  {
    clientWorkshopId: { type: String, required: true, unique: true },
    title: { type: String, required: true },
    summary: { type: String, default: '' },
    startsAt: { type: Date, required: true, index: true },
    minutes: { type: Number, required: true },
    hostIds: { type: [Schema.Types.ObjectId], required: true },
    currency: { type: String },
    pools: { type: [new Schema({ key: { type: String, required: true }, name: { type: String, default: '' }, capacity: { type: Number, required: true } }, { _id: false })], default: undefined },
    types: { type: [typeSchema], default: undefined },
    price: { type: new Schema({ amount: { type: Number, required: true }, currency: { type: String, required: true } }, { _id: false }) },
    capacity: { type: Number },
    refundPolicy: { type: String, default: '' },
    refundRules: refundRulesField,
    certificatePercent: { type: Number },
    state: { type: String, required: true, default: 'scheduled' },
    liveAt: { type: Date, default: null },
    endedAt: { type: Date, default: null },
    keptOpenAt: { type: Date, default: null },
    endsItselfAt: { type: Date, default: null },
    cancellation: { type: cancellationSchema, default: null },
    revision: { type: Number, default: 0 },
    attendanceFrozenAt: { type: Date, default: null },
    roomId: { type: Schema.Types.ObjectId, required: true },
  },
  { versionKey: false },
);
workshopSchema.index({ state: 1, attendanceFrozenAt: 1 });
workshopSchema.index({ 'cancellation.nextRunAt': 1 });

/** What a workshop sells. All its prices are in one currency. */
export interface Sale {
  currency: string;
  pools: SeatPool[];
  types: TicketType[];
}

/** What the workshop sells; a single price and capacity, as they once were, are one type over one pool. */
export function saleOf({ currency, pools, types, price, capacity }: WorkshopDocument): Sale {
  if (currency && pools && types) return { currency, pools, types };
  return {
    currency: price?.currency ?? '',
    pools: [{ key: mainKey, name: '', capacity: capacity ?? 0 }],
    types: [{ key: mainKey, name: '', pool: mainKey, price: price?.amount ?? 0, rules: [] }],
  };
}

export const Workshop = model('Workshop', workshopSchema);
