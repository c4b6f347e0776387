/**
 * Who is on a workshop's stage and who wants to be: one document per workshop. Each change is one conditional write that
 * raises `version`, so two who act at once cannot undo each other, and whoever comes too late changes nothing.
 */
import { model, Schema, Types, type Model, type QueryFilter, type UpdateQuery } from 'mongoose';
import type { Silenced } from '../../../shared/contracts/live/onStage.js';
import type { WorkshopState } from '../../../shared/contracts/workshops.js';
import { isDuplicate } from '../duplicate.js';

/** Somebody on stage, since when. */
export interface OnStage {
  memberId: Types.ObjectId;
  since: Date;
}

export interface StageRosterDocument {
  /** The workshop's id. */
  _id: Types.ObjectId;
  /** Rises by one with every change. */
  version: number;
  /** The workshop's state as the roster last followed it: what is told to whom depends on it. */
  state: WorkshopState;
  isLocked: boolean;
  leadId: Types.ObjectId | null;
  /** Somebody gave or took the lead: it is not theirs only for having come first. */
  isLeadGiven: boolean;
  /** From whom the lead passed on because their connection was gone. */
  mayTakeLeadId: Types.ObjectId | null;
  hosts: OnStage[];
  speakers: OnStage[];
  /** In the order they were raised. */
  hands: { memberId: Types.ObjectId; raisedAt: Date }[];
  invitations: { memberId: Types.ObjectId; byId: Types.ObjectId }[];
  /** Those who may not send sound until a host lets them, and those who may not send pictures. */
  heldAudio: Types.ObjectId[];
  heldVideo: Types.ObjectId[];
  /** Everybody who was a speaker here once. */
  haveSpoken: Types.ObjectId[];
}

/** What a change rests on, besides the workshop. */
export type RosterCondition = QueryFilter<StageRosterDocument>;

interface StageRosterModel extends Model<StageRosterDocument> {
  /** The workshop's roster; an empty one where there is none yet. */
  of(workshopId: string): Promise<StageRosterDocument>;
  /** Changes the roster where the condition holds; null where it does not. */
  change(workshopId: string, condition: RosterCondition, change: UpdateQuery<StageRosterDocument>): Promise<StageRosterDocument | null>;
  isSpeaker(workshopId: string, memberId: string): Promise<boolean>;
  /** What a host keeps a member from sending. */
  silenced(workshopId: string, memberId: string): Promise<Silenced>;
  /** The workshops whose rosters have to be looked after: those that are not over. */
  idsToFollow(): Promise<string[]>;
}

const memberRef = { type: Schema.Types.ObjectId, required: true } as const;
const listOf = (fields: Record<string, unknown>) => [new Schema({ memberId: memberRef, ...fields }, { _id: false })];
const date = { type: Date, required: true };

const rosterSchema = new Schema<StageRosterDocument, StageRosterModel>(
  {
    _id: memberRef,
    version: { type: Number, required: true },
    state: { type: String, required: true, index: true },
    isLocked: { type: Boolean, required: true },
    leadId: { type: Schema.Types.ObjectId, default: null },
    isLeadGiven: { type: Boolean, default: false },
    mayTakeLeadId: { type: Schema.Types.ObjectId, default: null },
    hosts: { type: listOf({ since: date }), required: true },
    speakers: { type: listOf({ since: date }), required: true },
    hands: { type: listOf({ raisedAt: date }), required: true },
    invitations: { type: listOf({ byId: memberRef }), required: true },
    heldAudio: { type: [Schema.Types.ObjectId], required: true },
    heldVideo: { type: [Schema.Types.ObjectId], required: true },
    haveSpoken: { type: [Schema.Types.ObjectId], required: true },
  },
  { versionKey: false },
);

/** A roster with nobody on it. */
const emptyRoster: Omit<StageRosterDocument, '_id'> = {
  version: 0, state: 'scheduled', isLocked: false, leadId: null, isLeadGiven: false, mayTakeLeadId: null,
  hosts: [], speakers: [], hands: [], invitations: [], heldAudio: [], heldVideo: [], haveSpoken: [],
};

rosterSchema.statics.of = async function (this: StageRosterModel, workshopId: string) {
  return (await this.findById(workshopId).lean()) ?? { _id: new Types.ObjectId(workshopId), ...emptyRoster };
};

rosterSchema.statics.change = async function (this: StageRosterModel, workshopId: string, condition: RosterCondition, change: UpdateQuery<StageRosterDocument>) {
  const write = () => this.findOneAndUpdate({ $and: [{ _id: workshopId }, condition] }, { ...change, $inc: { version: 1 } }, { returnDocument: 'after' }).lean();
  const changed = await write();
  if (changed || (await this.exists({ _id: workshopId }))) return changed;
  // The first who changes anything makes the document that the change rests on.
  await this.create({ _id: workshopId, ...emptyRoster }).catch((error: unknown) => {
    if (!isDuplicate(error)) throw error;
  });
  return write();
};

rosterSchema.statics.isSpeaker = async function (this: StageRosterModel, workshopId: string, memberId: string) {
  return (await this.exists({ _id: workshopId, 'speakers.memberId': memberId })) !== null;
};

rosterSchema.statics.silenced = async function (this: StageRosterModel, workshopId: string, memberId: string) {
  return silencedOf(await this.of(workshopId), memberId);
};

rosterSchema.statics.idsToFollow = async function (this: StageRosterModel) {
  const rosters = await this.find({ state: { $in: ['scheduled', 'live'] } }).select({ _id: 1 }).lean();
  return rosters.map((roster) => String(roster._id));
};

export const StageRoster = model<StageRosterDocument, StageRosterModel>('StageRoster', rosterSchema);

/** What of a member's is held. */
export function silencedOf({ heldAudio, heldVideo }: StageRosterDocument, memberId: string): Silenced {
  const isIn = (ids: readonly Types.ObjectId[]): boolean => ids.some((id) => String(id) === memberId);
  return { audio: isIn(heldAudio), video: isIn(heldVideo) };
}
