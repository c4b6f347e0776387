/**
 * A signed-in browser. Its refresh tokens form a family: each is used once and replaced by the next; one that comes
 * twice proves a theft, and the family ends (OAuth 2.0 Security BCP, RFC 9700, section 4.14.2).
 */
import { model, Schema, type Model, type Types } from 'mongoose';
import { oneOf, readInOne } from './asking/readInOne.js';

export interface SessionDocument {
  _id: Types.ObjectId;
  memberId: Types.ObjectId;
  /** SHA-256 of the part of the refresh token that stays the same and finds the family, hex. */
  familyHash: string;
  /** SHA-256 of the one refresh token that is good now, hex. */
  tokenHash: string;
  /** SHA-256 of the token before it, for a short grace in which two tabs may race. */
  previousHash: string | null;
  /** What the good token was derived with from the one before it, so that the same one can be handed out again in the grace. */
  rotationSalt: string | null;
  rotatedAt: Date;
  device: string;
  createdAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
}

/** The next refresh token of a family. */
export type Rotation = Pick<SessionDocument, 'tokenHash' | 'rotationSalt' | 'rotatedAt' | 'expiresAt'>;

interface SessionModel extends Model<SessionDocument> {
  /** The session, if it has neither ended nor expired. */
  findLive(sessionId: string, now: Date): Promise<SessionDocument | null>;
  /** The live session of a refresh token's family. */
  findFamily(familyHash: string, now: Date): Promise<SessionDocument | null>;
  /** The member's live sessions, the one used last first. */
  listLive(memberId: string, now: Date): Promise<SessionDocument[]>;
  /** Replaces the good token by the next. Of all who come with the same one, one is answered true. */
  rotate(sessionId: Types.ObjectId, usedHash: string, next: Rotation): Promise<boolean>;
  /** Ends one session of the member's. Answers whether it was live. */
  end(memberId: string, sessionId: string, now: Date): Promise<boolean>;
}

const sessionSchema = new Schema<SessionDocument, SessionModel>(
  {
    memberId: { type: Schema.Types.ObjectId, required: true, index: true },
    familyHash: { type: String, required: true, unique: true },
    tokenHash: { type: String, required: true },
    previousHash: { type: String, default: null },
    rotationSalt: { type: String, default: null },
    rotatedAt: { type: Date, required: true },
    device: { type: String, default: '' },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true, index: { expires: 0 } },
    endedAt: { type: Date, default: null },
  },
  {
    versionKey: false,
    statics: {
      findLive(sessionId: string, now: Date) {
        return readLive(sessionId, now);
      },
      findFamily(familyHash: string, now: Date) {
        return this.findOne({ familyHash, endedAt: null, expiresAt: { $gt: now } }).lean();
      },
      listLive(memberId: string, now: Date) {
        return this.find({ memberId, endedAt: null, expiresAt: { $gt: now } }).sort({ rotatedAt: -1 }).lean();
      },
      async rotate(sessionId: Types.ObjectId, usedHash: string, next: Rotation) {
        const result = await this.updateOne({ _id: sessionId, tokenHash: usedHash, endedAt: null }, { $set: { ...next, previousHash: usedHash } });
        return result.modifiedCount === 1;
      },
      async end(memberId: string, sessionId: string, now: Date) {
        const result = await this.updateOne({ _id: sessionId, memberId, endedAt: null }, { $set: { endedAt: now } });
        return result.modifiedCount === 1;
      },
    },
  },
);

export const Session = model<SessionDocument, SessionModel>('Session', sessionSchema);

const readLive = readInOne<SessionDocument>(async (ids, now) => {
  const found = await Session.find({ _id: oneOf(ids), endedAt: null, expiresAt: { $gt: now } }).lean();
  return new Map(found.map((session) => [String(session._id), session]));
});
