/** A workshop: a live event that sells tickets out of pools of seats. Its seats are counted in `seats.ts`, its room is a room like any other. */
import { model, Schema, type Model, type Types } from 'mongoose';
import { mainKey, type SeatPool, type TicketType } from '../../shared/contracts/selling.js';
import type { WorkshopState } from '../../shared/contracts/workshops.js';
import type { Money } from '../../shared/money.js';
import type { RefundRules } from '../../shared/refunds.js';
import { cancellationSchema, type Cancellation } from './money/cancellation.js';
import { refundRulesField } from './money/refundRequest.js';
import { poolSchema, typeSchema, type SaleChange } from './money/saleParts.js';

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
  /** Which change of its sale this is by; absent until there was one. The seats decide of it: see `seats.ts`. */
  saleRevision?: number;
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

interface WorkshopModel extends Model<WorkshopDocument> {
  /** Sells what a change has decided. Late or again it changes nothing, and null is answered: a newer one stands. */
  followSaleChange(workshopId: Types.ObjectId, currency: string, change: SaleChange): Promise<WorkshopDocument | null>;
}

const workshopSchema = new Schema<WorkshopDocument, WorkshopModel>(
  {
    clientWorkshopId: { type: String, required: true, unique: true },
    title: { type: String, required: true },
    summary: { type: String, default: '' },
    startsAt: { type: Date, required: true, index: true },
    minutes: { type: Number, required: true },
    hostIds: { type: [Schema.Types.ObjectId], required: true },
    currency: { type: String },
    pools: { type: [poolSchema], default: undefined },
    types: { type: [typeSchema], default: undefined },
    price: { type: new Schema({ amount: { type: Number, required: true }, currency: { type: String, required: true } }, { _id: false }) },
    capacity: { type: Number },
    saleRevision: { type: Number },
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

workshopSchema.statics.followSaleChange = function (this: WorkshopModel, workshopId: Types.ObjectId, currency: string, { revision, pools, types }: SaleChange) {
  const older = { $or: [{ saleRevision: null }, { saleRevision: { $lt: revision } }] };
  return this.findOneAndUpdate({ _id: workshopId, ...older }, { $set: { currency, pools, types, saleRevision: revision }, $unset: { price: '', capacity: '' } }, { returnDocument: 'after' }).lean();
};

export const Workshop = model<WorkshopDocument, WorkshopModel>('Workshop', workshopSchema);
