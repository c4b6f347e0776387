/**
 * A grant: why a member may enter something, from when to when, and what it came from. Access is any live grant; one
 * source's end never touches another's.
 */
import mongoose, { model, Schema, type Model, type Types } from 'mongoose';
import type { EndReason } from '../../shared/contracts/rights.js';
import { oneOf, readInOne } from './asking/readInOne.js';
import { isDuplicate } from './duplicate.js';

/** What a grant opens: `ref` is a tier's key or a workshop's id. */
export interface GrantTarget {
  kind: 'tier' | 'workshop';
  ref: string;
}

export interface GrantDocument extends GrantTarget {
  _id: Types.ObjectId;
  memberId: Types.ObjectId;
  /** Where it came from: a ticket (its order's id), a membership, or the organizer's word (an id of its own for each time it was given). */
  source: { kind: 'ticket' | 'gift' | 'subscription'; id: string };
  startsAt: Date;
  endsAt: Date | null;
  /** Set when it was ended before its time. */
  endReason: EndReason | null;
  /** Why it ends at `endsAt`, where that is more than its time being over. */
  endsBecause?: EndReason | null;
  /** For a source that changes: the version of it that this is by. */
  version?: number;
}

/** What a source that changes gives now, or from a moment to come. */
export type WantedTier = Pick<GrantDocument, 'ref' | 'startsAt' | 'endsAt'> & { endsBecause: EndReason | null };

/** The tiers that began and ended for the member by a change of their source. */
export interface TierChanges {
  started: string[];
  ended: string[];
}

interface GrantModel extends Model<GrantDocument> {
  /** Whether the member holds a live grant for the target. */
  isLive(memberId: string, target: GrantTarget, now: Date): Promise<boolean>;
  /** The ids of the workshops the member holds live grants for. */
  liveWorkshopIds(memberId: string, now: Date): Promise<string[]>;
  /** The keys of the tiers the member holds live grants for. */
  liveTierKeys(memberId: string, now: Date): Promise<string[]>;
  /** The keys of the tiers that members hold live grants for, by member id. */
  liveTierKeysOfAll(now: Date): Promise<Map<string, string[]>>;
  /** The tier the member has by the organizer's word; null when there is none. */
  giftedTier(memberId: string, now: Date): Promise<string | null>;
  /** Gives a tier by the organizer's word in place of whatever was given so before. Of two given at the same time one stays. */
  giftTier(memberId: string, tierKey: string, now: Date): Promise<void>;
  /** Takes the tiers back that the member has by the organizer's word. */
  takeGiftsBack(memberId: string, now: Date): Promise<void>;
  /** Gives the right once per source: doing it again changes nothing, nor does it revive one that was ended. Answers whether it is new. */
  giveOnce(memberId: string, target: GrantTarget, source: GrantDocument['source'], now: Date): Promise<boolean>;
  /** The grants whose time is over after one moment and by another, soonest first; those ended by somebody's word are left out. */
  endingBetween(after: Date, by: Date): Promise<GrantDocument[]>;
  /** Ends what one source gave. Answers whether it was live. */
  end(source: GrantDocument['source'], target: GrantTarget, reason: EndReason, now: Date): Promise<boolean>;
  /** Takes back that what one source gave was ended for that reason. Answers whether it was. */
  lift(source: GrantDocument['source'], target: GrantTarget, reason: EndReason): Promise<boolean>;
  /** Ends whatever opens the target, wherever it came from. */
  endAll(target: GrantTarget, reason: EndReason, now: Date): Promise<void>;
  /**
   * Makes the tiers that a source gives what they are by one version of it: first gives, then ends all others for the reason. A later
   * version's stand; doing it again changes nothing.
   */
  alignTiers(memberId: string, source: GrantDocument['source'], by: { version: number; wanted: readonly WantedTier[]; reason: EndReason }, now: Date): Promise<TierChanges>;
  /** All that a member ever held for any of the targets, the newest first. */
  everOf(memberId: string, target: { kind: GrantTarget['kind']; refs: readonly string[] }): Promise<GrantDocument[]>;
  /** The members whose right to the target ended for that reason. */
  membersEnded(target: GrantTarget, reason: EndReason): Promise<string[]>;
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
    endsBecause: { type: String },
    version: { type: Number },
  },
  { versionKey: false },
);
grantSchema.index({ memberId: 1, kind: 1, ref: 1 });
grantSchema.index({ ref: 1, kind: 1 });
grantSchema.index({ 'source.kind': 1, 'source.id': 1, kind: 1, ref: 1 }, { unique: true });

grantSchema.index({ endsAt: 1 });

const liveAt = (now: Date) => ({ startsAt: { $lte: now }, $or: [{ endsAt: null }, { endsAt: { $gt: now } }] });

grantSchema.statics.isLive = async function (this: GrantModel, memberId: string, target: GrantTarget, now: Date) {
  return (await this.exists({ memberId, ...target, ...liveAt(now) })) !== null;
};

/** What live grants of one kind open, by member. */
async function liveRefs(of: { kind: GrantTarget['kind']; memberId?: ReturnType<typeof oneOf> }, now: Date): Promise<Map<string, string[]>> {
  const refs = new Map<string, string[]>();
  for (const { memberId, ref } of await Grant.find({ ...of, ...liveAt(now) }).select({ memberId: 1, ref: 1 }).lean()) refs.set(String(memberId), [...(refs.get(String(memberId)) ?? []), ref]);
  return refs;
}
const readTierKeys = readInOne((ids, now) => liveRefs({ memberId: oneOf(ids), kind: 'tier' }, now));
const readWorkshopIds = readInOne((ids, now) => liveRefs({ memberId: oneOf(ids), kind: 'workshop' }, now));

grantSchema.statics.liveTierKeys = async (memberId: string, now: Date) => (await readTierKeys(memberId, now)) ?? [];
grantSchema.statics.liveWorkshopIds = async (memberId: string, now: Date) => (await readWorkshopIds(memberId, now)) ?? [];
grantSchema.statics.liveTierKeysOfAll = (now: Date) => liveRefs({ kind: 'tier' }, now);

const liveGifts = (memberId: string, now: Date) => ({ memberId, kind: 'tier' as const, 'source.kind': 'gift' as const, ...liveAt(now) });
const withdrawnAt = (now: Date) => ({ $set: { endsAt: now, endReason: 'withdrawn' as const } });

grantSchema.statics.giftedTier = async function (this: GrantModel, memberId: string, now: Date) {
  const newest = await this.findOne(liveGifts(memberId, now)).sort({ _id: -1 }).lean();
  return newest?.ref ?? null;
};

grantSchema.statics.giftTier = async function (this: GrantModel, memberId: string, tierKey: string, now: Date) {
  const before = await this.find(liveGifts(memberId, now)).select({ _id: 1 }).lean();
  const sourceId = new mongoose.Types.ObjectId();
  const gift = await this.create({ memberId, kind: 'tier', ref: tierKey, source: { kind: 'gift', id: String(sourceId) }, startsAt: now });
  // What stood before goes; of two that did not see each other, the one with the higher id stays.
  const others = { $or: [{ _id: { $in: before.map((one) => one._id) } }, { _id: { $lt: gift._id } }] };
  const { $or: isLive, ...gifts } = liveGifts(memberId, now);
  await this.updateMany({ ...gifts, $and: [{ $or: isLive }, others] }, withdrawnAt(now));
};

grantSchema.statics.takeGiftsBack = async function (this: GrantModel, memberId: string, now: Date) {
  await this.updateMany(liveGifts(memberId, now), withdrawnAt(now));
};

grantSchema.statics.giveOnce = async function (this: GrantModel, memberId: string, target: GrantTarget, source: GrantDocument['source'], now: Date) {
  const result = await this.updateOne(
    { 'source.kind': source.kind, 'source.id': source.id, ...target },
    { $setOnInsert: { memberId, startsAt: now, endsAt: null, endReason: null } },
    { upsert: true },
  );
  return result.upsertedCount === 1;
};

grantSchema.statics.endingBetween = function (this: GrantModel, after: Date, by: Date) {
  return this.find({ endReason: null, endsAt: { $gt: after, $lte: by } }).sort({ endsAt: 1 }).lean();
};

grantSchema.statics.end = async function (this: GrantModel, source: GrantDocument['source'], target: GrantTarget, reason: EndReason, now: Date) {
  const result = await this.updateOne(
    { 'source.kind': source.kind, 'source.id': source.id, ...target, ...liveAt(now) },
    { $set: { endsAt: now, endReason: reason } },
  );
  return result.modifiedCount === 1;
};

grantSchema.statics.lift = async function (this: GrantModel, source: GrantDocument['source'], target: GrantTarget, reason: EndReason) {
  const result = await this.updateOne({ 'source.kind': source.kind, 'source.id': source.id, ...target, endReason: reason }, { $set: { endsAt: null, endReason: null } });
  return result.modifiedCount === 1;
};

grantSchema.statics.endAll = async function (this: GrantModel, target: GrantTarget, reason: EndReason, now: Date) {
  await this.updateMany({ ...target, ...liveAt(now) }, { $set: { endsAt: now, endReason: reason } });
};

/** Whether a grant opens its target at `now`: the same judgement as `liveAt`, over one that was read. */
export const isLiveAt = (now: Date, grant: Pick<GrantDocument, 'startsAt' | 'endsAt'> | null): boolean => grant !== null && grant.startsAt <= now && (grant.endsAt === null || grant.endsAt > now);

grantSchema.statics.alignTiers = async function (this: GrantModel, memberId: string, source: GrantDocument['source'], { version, wanted, reason }: Parameters<GrantModel['alignTiers']>[2], now: Date) {
  const changes: TierChanges = { started: [], ended: [] };
  const ofSource = { 'source.kind': source.kind, 'source.id': source.id, kind: 'tier' as const };
  for (const { ref, ...span } of wanted) {
    const filter = { ...ofSource, ref, version: { $lt: version } };
    const before = await this.findOneAndUpdate(filter, { $set: { ...span, endReason: null, version }, $setOnInsert: { memberId } }, { upsert: true, returnDocument: 'before' }).lean().catch(ifDuplicate);
    // One that is by this version or a later one is as it is to be.
    if (before === undefined || isLiveAt(now, before) === isLiveAt(now, span)) continue;
    (isLiveAt(now, span) ? changes.started : changes.ended).push(ref);
  }
  for (const grant of await this.find({ ...ofSource, ref: { $nin: wanted.map(({ ref }) => ref) }, version: { $lt: version } }).lean()) {
    // One whose time is over stays as it is: whoever looks at what ends by its time may not have told of it yet.
    const isOver = grant.endsAt !== null && grant.endsAt <= now;
    const result = await this.updateOne({ _id: grant._id, version: { $lt: version } }, { $set: { version, ...(!isOver && { endsAt: now, endReason: reason }) } });
    if (result.modifiedCount === 1 && isLiveAt(now, grant)) changes.ended.push(grant.ref);
  }
  return changes;
};

/** What an upsert of something that is there, but does not fit, comes to. */
function ifDuplicate(error: unknown): undefined {
  if (!isDuplicate(error)) throw error;
}

grantSchema.statics.everOf = function (this: GrantModel, memberId: string, { kind, refs }: { kind: GrantTarget['kind']; refs: readonly string[] }) {
  return this.find({ memberId, kind, ref: { $in: refs } }).sort({ startsAt: -1, _id: -1 }).lean();
};

grantSchema.statics.membersEnded = async function (this: GrantModel, target: GrantTarget, reason: EndReason) {
  const grants = await this.find({ ...target, endReason: reason }).select({ memberId: 1 }).lean();
  return [...new Set(grants.map(({ memberId }) => String(memberId)))];
};

export const Grant = model<GrantDocument, GrantModel>('Grant', grantSchema);
