/**
 * A letter that is to be sent: noted once by its name, sent when it is due, and noted as sent. Of two nodes one sends it;
 * one that died in between leaves it to the next, under the same name.
 */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { Money } from '../../../shared/money.js';

/** Letters about a seat in a workshop. */
export const seatLetters = ['receipt', 'day_before', 'hour_before', 'refund', 'refund_asks', 'payment_failed', 'cancelled'] as const;
/** Letters about a membership. */
export const membershipLetters = ['trial_ending', 'membership_paid', 'card_failed', 'membership_ended'] as const;

export type SeatLetter = (typeof seatLetters)[number];
export type MembershipLetter = (typeof membershipLetters)[number];

export interface DueLetterDocument {
  /** Its name: what it is, and what it is about. */
  _id: string;
  kind: SeatLetter | MembershipLetter;
  memberId: Types.ObjectId;
  /** The workshop, or else the membership, that it is about. */
  workshopId?: Types.ObjectId;
  membershipId?: Types.ObjectId;
  /** What was paid, in minor units. */
  paid?: Money;
  /** Absent where it is about no order. */
  orderId?: Types.ObjectId;
  /** Which refund of the order it is about. */
  refundId?: string;
  failures: number;
  /** When it is sent; whoever is at it keeps moving this on. Null when it was sent, or had nothing to say any more. */
  nextTryAt: Date | null;
  sentAt: Date | null;
}

export type NewLetter = Omit<DueLetterDocument, 'failures' | 'nextTryAt' | 'sentAt'> & { dueAt: Date };

interface DueLetterModel extends Model<DueLetterDocument> {
  /** Notes letters; one that was noted before stays as it is. */
  plan(letters: readonly NewLetter[]): Promise<void>;
  /** Takes one letter that is due, and keeps other nodes from it until `leaseUntil`. */
  takeDue(now: Date, leaseUntil: Date): Promise<DueLetterDocument | null>;
  /** It was sent; or, with null, there is nothing to say any more. */
  close(name: string, sentAt: Date | null): Promise<void>;
  /** It could not be sent, and is tried again at `nextTryAt`. */
  putOff(name: string, nextTryAt: Date): Promise<void>;
}

const dueLetterSchema = new Schema<DueLetterDocument, DueLetterModel>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    memberId: { type: Schema.Types.ObjectId, required: true },
    workshopId: { type: Schema.Types.ObjectId },
    membershipId: { type: Schema.Types.ObjectId },
    paid: { type: new Schema<Money>({ amount: { type: Number, required: true }, currency: { type: String, required: true } }, { _id: false }) },
    orderId: { type: Schema.Types.ObjectId },
    refundId: { type: String },
    failures: { type: Number, required: true, default: 0 },
    nextTryAt: { type: Date, default: null, index: true },
    sentAt: { type: Date, default: null },
  },
  {
    versionKey: false,
    statics: {
      async plan(letters: readonly NewLetter[]) {
        if (letters.length === 0) return;
        const writes = letters.map(({ _id, dueAt, ...letter }) => ({ updateOne: { filter: { _id }, update: { $setOnInsert: { ...letter, failures: 0, nextTryAt: dueAt, sentAt: null } }, upsert: true } }));
        await this.bulkWrite(writes, { ordered: false });
      },
      takeDue(now: Date, leaseUntil: Date) {
        return this.findOneAndUpdate({ nextTryAt: { $lte: now } }, { $set: { nextTryAt: leaseUntil } }, { sort: { nextTryAt: 1 }, returnDocument: 'after' }).lean();
      },
      async close(name: string, sentAt: Date | null) {
        await this.updateOne({ _id: name }, { $set: { nextTryAt: null, sentAt } });
      },
      async putOff(name: string, nextTryAt: Date) {
        await this.updateOne({ _id: name }, { $inc: { failures: 1 }, $set: { nextTryAt } });
      },
    },
  },
);

export const DueLetter = model<DueLetterDocument, DueLetterModel>('DueLetter', dueLetterSchema);
