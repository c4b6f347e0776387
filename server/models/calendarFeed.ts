/** A member's calendar feed: one at most. Of its address only a hash is kept, so whoever reads the store cannot read calendars. */
import { createHash } from 'node:crypto';
import { model, Schema, type Model, type Types } from 'mongoose';

export interface CalendarFeedDocument {
  /** The member's id. */
  _id: Types.ObjectId;
  /** SHA-256 of the address's secret part, hex. */
  tokenHash: string;
  openedAt: Date;
  readAt: Date | null;
}

interface CalendarFeedModel extends Model<CalendarFeedDocument> {
  /** Opens the member's feed under a new secret; the one before is void. */
  open(memberId: string, token: string, now: Date): Promise<CalendarFeedDocument>;
  /** The feed behind a secret, noted as read; null when there is none. */
  read(token: string, now: Date): Promise<CalendarFeedDocument | null>;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

const calendarFeedSchema = new Schema<CalendarFeedDocument, CalendarFeedModel>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    tokenHash: { type: String, required: true, unique: true },
    openedAt: { type: Date, required: true },
    readAt: { type: Date, default: null },
  },
  {
    versionKey: false,
    statics: {
      open(memberId: string, token: string, now: Date) {
        return this.findOneAndUpdate({ _id: memberId }, { $set: { tokenHash: hashOf(token), openedAt: now, readAt: null } }, { upsert: true, returnDocument: 'after' }).lean();
      },
      read(token: string, now: Date) {
        return this.findOneAndUpdate({ tokenHash: hashOf(token) }, { $set: { readAt: now } }, { returnDocument: 'after' }).lean();
      },
    },
  },
);

export const CalendarFeed = model<CalendarFeedDocument, CalendarFeedModel>('CalendarFeed', calendarFeedSchema);
