/**
 * A signed-in browser. Its refresh tokens form a family: each is used once and replaced by the next; one that comes
 * twice proves a theft, and the family ends (OAuth 2.0 Security BCP, RFC 9700, section 4.14.2).
 */
import { model, Schema, type Model, type Types } from 'mongoose';

export interface SessionDocument {
  _id: Types.ObjectId;
  memberId: Types.ObjectId;
  /** SHA-256 of the one refresh token that is good now, hex. */
  tokenHash: string;
  /** SHA-256 of the token before it, for a short grace in which two tabs may race. */
  previousHash: string | null;
  rotatedAt: Date;
  device: string;
  createdAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
}

interface SessionModel extends Model<SessionDocument> {
  /** The session, if it has neither ended nor expired. */
  findLive(sessionId: string, now: Date): Promise<SessionDocument | null>;
}

const sessionSchema = new Schema<SessionDocument, SessionModel>(
  {
    memberId: { type: Schema.Types.ObjectId, required: true, index: true },
    tokenHash: { type: String, required: true },
    previousHash: { type: String, default: null },
    rotatedAt: { type: Date, required: true },
    device: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true, index: { expires: 0 } },
    endedAt: { type: Date, default: null },
  },
  {
    versionKey: false,
    statics: {
      findLive(sessionId: string, now: Date) {
        return this.findOne({ _id: sessionId, endedAt: null, expiresAt: { $gt: now } }).lean();
      },
    },
  },
);

export const Session = model<SessionDocument, SessionModel>('Session', sessionSchema);
