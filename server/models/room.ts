/** A chat room and its gate. The newest `seq` of its timeline is the messages' own to tell. */
import { model, Schema, type Types } from 'mongoose';

/** Who may enter. `rank` repeats the tier's rank so that the gate is judged without a second read; whoever changes a tier changes it here too. */
export type StoredGate = { kind: 'tier'; tierKey: string; rank: number } | { kind: 'staff' } | { kind: 'workshop'; workshopId: Types.ObjectId };

export interface RoomDocument {
  _id: Types.ObjectId;
  name: string;
  topic: string;
  gate: StoredGate;
  /** Stands in the directory; a workshop's own room is reached through its workshop. */
  isListed: boolean;
}

const gateSchema = new Schema<StoredGate>({ kind: { type: String, required: true } }, { _id: false, discriminatorKey: 'kind' });

const roomSchema = new Schema<RoomDocument>(
  {
    name: { type: String, required: true },
    topic: { type: String, default: '' },
    gate: { type: gateSchema, required: true },
    isListed: { type: Boolean, required: true },
  },
  { versionKey: false },
);
const gatePath = roomSchema.path<Schema.Types.Subdocument>('gate');
gatePath.discriminator('tier', new Schema({ tierKey: { type: String, required: true }, rank: { type: Number, required: true } }, { _id: false }));
gatePath.discriminator('staff', new Schema({}, { _id: false }));
gatePath.discriminator('workshop', new Schema({ workshopId: { type: Schema.Types.ObjectId, required: true } }, { _id: false }));
// Workshops' own rooms take their workshop's title and may share it; listed rooms have names of their own.
roomSchema.index({ name: 1 }, { unique: true, partialFilterExpression: { isListed: true } });
roomSchema.index({ 'gate.workshopId': 1 }, { unique: true, partialFilterExpression: { 'gate.kind': 'workshop' } });

export const Room = model('Room', roomSchema);
