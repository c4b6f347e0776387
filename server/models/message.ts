/**
 * A chat message. `seq` rises by one per room without gaps: the unique index refuses a second message under the same one,
 * and `storeInOrder` never stores one whose predecessor is not there. `clientMessageId` names the message for its author,
 * so that a retry finds the first.
 */
import { model, Schema, type Model, type Types } from 'mongoose';

export interface MessageDocument {
  _id: Types.ObjectId;
  roomId: Types.ObjectId;
  seq: number;
  authorId: Types.ObjectId;
  clientMessageId: string;
  text: string;
  sentAt: Date;
}

/** What names a message before it is stored. */
export type MessageKey = Pick<MessageDocument, 'authorId' | 'clientMessageId'>;

/** Where to read: after a `seq`, before one, or (neither) the newest. */
export interface PageAsked {
  after?: number | undefined;
  before?: number | undefined;
  limit: number;
}

interface MessageModel extends Model<MessageDocument> {
  /** The room's newest `seq`, 0 in an empty room. */
  newestSeq(roomId: string): Promise<number>;
  /** At most `limit` messages, rising by `seq`, and whether there are more in the direction asked. */
  page(roomId: string, asked: PageAsked): Promise<{ messages: MessageDocument[]; hasMore: boolean }>;
  /** Those of the named messages that stand in the store. */
  findSent(keys: readonly MessageKey[]): Promise<MessageDocument[]>;
  /** Stores the messages one after the other and stops at the first that is refused: what stands afterwards is a beginning of the list. */
  storeInOrder(messages: readonly MessageDocument[]): Promise<void>;
}

const messageSchema = new Schema<MessageDocument, MessageModel>(
  {
    roomId: { type: Schema.Types.ObjectId, required: true },
    seq: { type: Number, required: true },
    authorId: { type: Schema.Types.ObjectId, required: true },
    clientMessageId: { type: String, required: true },
    text: { type: String, required: true },
    sentAt: { type: Date, required: true },
  },
  {
    versionKey: false,
    statics: {
      async newestSeq(roomId: string) {
        const newest = await this.findOne({ roomId }).sort({ seq: -1 }).select({ seq: 1 }).lean();
        return newest?.seq ?? 0;
      },
      async page(roomId: string, { after, before, limit }: PageAsked) {
        const isForward = after !== undefined;
        const span = isForward ? { seq: { $gt: after } } : before !== undefined ? { seq: { $lt: before } } : {};
        const found = await this.find({ roomId, ...span })
          .sort({ seq: isForward ? 1 : -1 })
          .limit(limit + 1)
          .lean();
        const messages = found.slice(0, limit);
        return { messages: isForward ? messages : messages.reverse(), hasMore: found.length > limit };
      },
      async findSent(keys: readonly MessageKey[]) {
        const idsOf = new Map<string, string[]>();
        for (const { authorId, clientMessageId } of keys) idsOf.set(String(authorId), [...(idsOf.get(String(authorId)) ?? []), clientMessageId]);
        // A read for each author walks the unique index; one `$or` over all pairs is left to the planner's mercy.
        const found = await Promise.all([...idsOf].map(([authorId, ids]) => this.find({ authorId, clientMessageId: { $in: ids } }).lean()));
        return found.flat();
      },
      async storeInOrder(messages: readonly MessageDocument[]) {
        await this.insertMany(messages, { ordered: true, lean: true });
      },
    },
  },
);
messageSchema.index({ roomId: 1, seq: 1 }, { unique: true });
messageSchema.index({ authorId: 1, clientMessageId: 1 }, { unique: true });

export const Message = model<MessageDocument, MessageModel>('Message', messageSchema);
