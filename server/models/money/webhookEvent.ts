/**
 * A webhook of Stripe's, stored once by its own id. It is a hint that something changed: only what is needed to find the
 * order or the membership is kept, the truth is asked of Stripe.
 */
import { model, Schema, type Model, type Types } from 'mongoose';

export interface WebhookEventDocument {
  /** Stripe's id of the event. */
  _id: string;
  type: string;
  /** The order it is about, as its metadata tells; null where it tells none. */
  orderId: Types.ObjectId | null;
  /** The payment intent it is about, for events without our metadata (a refund made by hand at Stripe). */
  paymentId: string | null;
  /** The customer it is about, by whom a membership is found; absent in an older one. */
  customerId?: string | null;
  receivedAt: Date;
  handledAt: Date | null;
  failures: number;
  /** When the timer tries again; null once handled. */
  nextTryAt: Date | null;
}

/** What of a stored event is needed to handle it. */
export type WebhookHint = Pick<WebhookEventDocument, '_id' | 'type' | 'paymentId' | 'customerId'> & { orderId: Types.ObjectId | string | null };

interface WebhookEventModel extends Model<WebhookEventDocument> {
  /** Stores the event unless it is there. Answers whether it is new. */
  storeOnce(event: WebhookHint & Pick<WebhookEventDocument, 'receivedAt' | 'nextTryAt'>): Promise<boolean>;
  /** Puts an event off after a failure: `firstMs` after the first, twice as long after each further one, `longestMs` at most. */
  putOff(eventId: string, now: Date, firstMs: number, longestMs: number): Promise<void>;
  /** Takes one event that is due, and keeps other nodes from it until `leaseUntil`. */
  takeDue(now: Date, leaseUntil: Date): Promise<WebhookEventDocument | null>;
}

const webhookEventSchema = new Schema<WebhookEventDocument, WebhookEventModel>(
  {
    _id: { type: String, required: true },
    type: { type: String, required: true },
    orderId: { type: Schema.Types.ObjectId, default: null },
    paymentId: { type: String, default: null },
    customerId: { type: String, default: null },
    receivedAt: { type: Date, required: true },
    handledAt: { type: Date, default: null },
    failures: { type: Number, required: true, default: 0 },
    nextTryAt: { type: Date, default: null, index: true },
  },
  { versionKey: false },
);

webhookEventSchema.statics.storeOnce = async function (this: WebhookEventModel, { _id, ...event }: Parameters<WebhookEventModel['storeOnce']>[0]) {
  const result = await this.updateOne({ _id }, { $setOnInsert: { ...event, handledAt: null, failures: 0 } }, { upsert: true });
  return result.upsertedCount === 1;
};

webhookEventSchema.statics.putOff = async function (this: WebhookEventModel, eventId: string, now: Date, firstMs: number, longestMs: number) {
  const event = await this.findOneAndUpdate({ _id: eventId }, { $inc: { failures: 1 } }, { returnDocument: 'after' }).orFail().lean();
  const delayMs = Math.min(longestMs, firstMs * 2 ** (event.failures - 1));
  await this.updateOne({ _id: eventId }, { $set: { nextTryAt: new Date(now.getTime() + delayMs) } });
};

webhookEventSchema.statics.takeDue = function (this: WebhookEventModel, now: Date, leaseUntil: Date) {
  return this.findOneAndUpdate({ nextTryAt: { $lte: now } }, { $set: { nextTryAt: leaseUntil } }, { sort: { nextTryAt: 1 }, returnDocument: 'after' }).lean();
};

export const WebhookEvent = model<WebhookEventDocument, WebhookEventModel>('WebhookEvent', webhookEventSchema);
