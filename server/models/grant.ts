/**
 * A grant: why a member may enter something, from when to when, and what it came from. Access is any live grant; one
 * source's end never touches another's.
 */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { EndReason } from '../../shared/contracts/rights.js';

/** What a grant opens: `ref` is a tier's key or a workshop's id. */
export interface GrantTarget {
  kind: 'tier' | 'workshop';
  ref: string;
}

export interface GrantDocument extends GrantTarget {
  _id: Types.ObjectId;
  memberId: Types.ObjectId;
  /** Where it came from: a ticket (its order's id) or the organizer's word (the member's id). */
  source: { kind: 'ticket' | 'gift'; id: string };
  startsAt: Date;
  endsAt: Date | null;
  /** Set when it was ended before its time. */
  endReason: EndReason | null;
}

interface GrantModel extends Model<GrantDocument> {
  /** Whether the member holds a live grant for the target. */
  isLive(memberId: string, target: GrantTarget, now: Date): Promise<boolean>;
  /** The keys of the tiers the member holds live grants for. */
  liveTierKeys(memberId: string, now: Date): Promise<string[]>;
  /** Gives the right once per source: doing it again changes nothing, nor does it revive one that was ended. Answers whether it is new. */
  giveOnce(memberId: string, target: GrantTarget, source: GrantDocument['source'], now: Date): Promise<boolean>;
  /** Ends what one source gave. Answers whether it was live. */
  end(source: GrantDocument['source'], target: GrantTarget, reason: EndReason, now: Date): Promise<boolean>;
}

const grantSchema = new Schema<GrantDocument, GrantModel>(
  {
    memberId: { type: Schema.Types.ObjectId, required: true },
    kind: { type: String, required: true },
    ref: { type: String, required: true },
    source: { type: new Schema({ kind: { type: String, required: true }, id: { type: String, required: true } }, { _id: false }), required: true },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, default: null },
    endReason: { type: String, default: null },
  },
  { versionKey: false },
);
grantSchema.index({ memberId: 1, kind: 1, ref: 1 });
grantSchema.index({ 'source.kind': 1, 'source.id': 1, kind: 1, ref: 1 }, { unique: true });

const liveAt = (now: Date) => ({ startsAt: { $lte: now }, $or: [{ endsAt: null }, { endsAt: { $gt: now } }] });

grantSchema.statics.isLive = async function (this: GrantModel, memberId: string, target: GrantTarget, now: Date) {
  return (await this.exists({ memberId, ...target, ...liveAt(now) })) !== null;
};

grantSchema.statics.liveTierKeys = async function (this: GrantModel, memberId: string, now: Date) {
  const grants = await this.find({ memberId, kind: 'tier', ...liveAt(now) }).lean();
  return grants.map((grant) => grant.ref);
};

grantSchema.statics.giveOnce = async function (this: GrantModel, memberId: string, target: GrantTarget, source: GrantDocument['source'], now: Date) {
  const result = await this.updateOne(
    { 'source.kind': source.kind, 'source.id': source.id, ...target },
    { $setOnInsert: { memberId, startsAt: now, endsAt: null, endReason: null } },
    { upsert: true },
  );
  return result.upsertedCount === 1;
};

grantSchema.statics.end = async function (this: GrantModel, source: GrantDocument['source'], target: GrantTarget, reason: EndReason, now: Date) {
  const result = await this.updateOne(
    { 'source.kind': source.kind, 'source.id': source.id, ...target, ...liveAt(now) },
    { $set: { endsAt: now, endReason: reason } },
  );
  return result.modifiedCount === 1;
};

export const Grant = model<GrantDocument, GrantModel>('Grant', grantSchema);
