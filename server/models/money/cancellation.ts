/** That a workshop will not take place, as it stands in the workshop: who said so and why, and how far everybody's money is. */
import { Schema, type Types } from 'mongoose';

export interface Cancellation {
  /** The organizer's words, for everybody to read. */
  reason: string;
  byId: Types.ObjectId;
  at: Date;
  /** When everybody's right had been ended and told; null until then. */
  toldAt: Date | null;
  /** When every order was on its way back or closed; null until then. */
  doneAt: Date | null;
  /** When a node goes on with it; whoever is at it keeps moving this on. Null when nothing is left to do. */
  nextRunAt: Date | null;
}

export const cancellationSchema = new Schema<Cancellation>(
  {
    reason: { type: String, required: true },
    byId: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
    toldAt: { type: Date, default: null },
    doneAt: { type: Date, default: null },
    nextRunAt: { type: Date, default: null },
  },
  { _id: false },
);
