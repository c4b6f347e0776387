/**
 * One line of a room's log of changes: under `rev` this message became something else than it was. What it became is in
 * the message. `rev` rises by one per room without gaps, by the same means as a message's `seq`.
 */
import { model, Schema, type Model, type Types } from 'mongoose';
import { insertInOrder } from '../asking/insertInOrder.js';
import { readTogether } from '../asking/readTogether.js';

export interface ChangeDocument {
  _id: Types.ObjectId;
  roomId: Types.ObjectId;
  rev: number;
  messageId: Types.ObjectId;
}

interface ChangeModel extends Model<ChangeDocument> {
  /** The room's newest `rev`, 0 where nothing was ever changed. */
  newestRev(roomId: string): Promise<number>;
  /** At most `limit` changes after a `rev`, rising, and whether there are more. */
  since(roomId: string, after: number, limit: number): Promise<{ changes: ChangeDocument[]; hasMore: boolean }>;
  /** Those of the changes that stand in the store. */
  findStanding(changes: readonly ChangeDocument[]): Promise<ChangeDocument[]>;
  /** Stores the changes one after the other and stops at the first that is refused. */
  storeInOrder(changes: readonly ChangeDocument[]): Promise<void>;
}

/** All who come to a room at once ask for this. */
const newestTogether = readTogether<Pick<ChangeDocument, 'rev'> | null>();

const changeSchema = new Schema<ChangeDocument, ChangeModel>(
  {
    roomId: { type: Schema.Types.ObjectId, required: true },
    rev: { type: Number, required: true },
    messageId: { type: Schema.Types.ObjectId, required: true },
  },
  {
    versionKey: false,
    statics: {
      async newestRev(roomId: string) {
        const newest = await newestTogether(roomId, () => this.findOne({ roomId }).sort({ rev: -1 }).select({ rev: 1 }).lean());
        return newest?.rev ?? 0;
      },
      async since(roomId: string, after: number, limit: number) {
        const found = await this.find({ roomId, rev: { $gt: after } })
          .sort({ rev: 1 })
          .limit(limit + 1)
          .lean();
        return { changes: found.slice(0, limit), hasMore: found.length > limit };
      },
      findStanding(changes: readonly ChangeDocument[]) {
        return this.find({ _id: { $in: changes.map(({ _id }) => _id) } }).lean();
      },
      async storeInOrder(changes: readonly ChangeDocument[]) {
        await insertInOrder(this, changes);
      },
    },
  },
);
changeSchema.index({ roomId: 1, rev: 1 }, { unique: true });

export const Change = model<ChangeDocument, ChangeModel>('Change', changeSchema);
