/** A chat room and its gate. The newest `seq` of its timeline is the messages' own to tell. */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { RoomMode } from '../../shared/contracts/moderation.js';
import { unauditedField, unauditedIndex, type Audited, type AuditEntryDocument } from './moderation/auditEntry.js';

/** Who may enter. `rank` repeats the tier's rank so that the gate is judged without a second read; whoever changes a tier changes it here too. */
export type StoredGate = { kind: 'tier'; tierKey: string; rank: number } | { kind: 'staff' } | { kind: 'workshop'; workshopId: Types.ObjectId };

/** How a room is spoken in, and how it came to be so. */
export interface StoredMode {
  mode: RoomMode;
  /** Set by the house itself, which takes it back by itself. */
  isAutomatic: boolean;
  /** Rises with each change, whatever the nodes' clocks say. */
  since: Date;
  /** Who set it; null where the house did. */
  byId: Types.ObjectId | null;
  /** When much was last said, while the mode is automatic. */
  loudAt: Date | null;
}

export interface RoomDocument extends Audited {
  name: string;
  topic: string;
  gate: StoredGate;
  /** Stands in the directory; a workshop's own room is reached through its workshop. */
  isListed: boolean;
  /** Absent until it was first set: normal. */
  spoken?: StoredMode;
}

interface RoomModel extends Model<RoomDocument> {
  /** Changes how the room is spoken in, with the entry for the log, if nobody has changed it since it was read; null when somebody has. */
  changeMode(before: Pick<RoomDocument, '_id' | 'spoken'>, after: StoredMode, entry: AuditEntryDocument): Promise<RoomDocument | null>;
}

const gateSchema = new Schema<StoredGate>({ kind: { type: String, required: true } }, { _id: false, discriminatorKey: 'kind' });

const spokenSchema = new Schema<StoredMode>(
  {
    mode: { type: Schema.Types.Mixed, required: true },
    isAutomatic: { type: Boolean, required: true },
    since: { type: Date, required: true },
    byId: { type: Schema.Types.ObjectId, default: null },
    loudAt: { type: Date, default: null },
  },
  { _id: false },
);

const roomSchema = new Schema<RoomDocument, RoomModel>(
  {
    name: { type: String, required: true },
    topic: { type: String, default: '' },
    gate: { type: gateSchema, required: true },
    isListed: { type: Boolean, required: true },
    spoken: { type: spokenSchema, default: undefined },
    unaudited: unauditedField,
  },
  {
    versionKey: false,
    statics: {
      changeMode({ _id, spoken }: Pick<RoomDocument, '_id' | 'spoken'>, after: StoredMode, entry: AuditEntryDocument) {
        return this.findOneAndUpdate({ _id, 'spoken.since': spoken?.since ?? null }, { $set: { spoken: after }, $push: { unaudited: entry } }, { returnDocument: 'after' }).lean();
      },
    },
  },
);
const gatePath = roomSchema.path<Schema.Types.Subdocument>('gate');
gatePath.discriminator('tier', new Schema({ tierKey: { type: String, required: true }, rank: { type: Number, required: true } }, { _id: false }));
gatePath.discriminator('staff', new Schema({}, { _id: false }));
gatePath.discriminator('workshop', new Schema({ workshopId: { type: Schema.Types.ObjectId, required: true } }, { _id: false }));
// Workshops' own rooms take their workshop's title and may share it; listed rooms have names of their own.
roomSchema.index({ name: 1 }, { unique: true, partialFilterExpression: { isListed: true } });
roomSchema.index({ 'gate.workshopId': 1 }, { unique: true, partialFilterExpression: { 'gate.kind': 'workshop' } });
roomSchema.index({ 'spoken.loudAt': 1 }, { partialFilterExpression: { 'spoken.isAutomatic': true } });
roomSchema.index(...unauditedIndex);

export const Room = model<RoomDocument, RoomModel>('Room', roomSchema);
