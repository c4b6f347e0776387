/**
 * A chat message, with all that became of it. Its place never changes: `seq` rises by one per timeline without gaps, for
 * the unique index refuses a second message under the same one, and `storeInOrder` never stores one whose predecessor is
 * not there. `clientMessageId` names the message for its author, so that a retry finds the first.
 *
 * A field that is absent says that there is nothing of it: most messages are never changed, and stay small. How they are
 * changed is in `messageChanges.ts`.
 */
import { model, Schema, type Model, type QueryFilter, type Types } from 'mongoose';
import { insertInOrder } from '../asking/insertInOrder.js';
import { readTogether } from '../asking/readTogether.js';
import { unauditedField, unauditedIndex, type Audited } from '../moderation/auditEntry.js';

export interface MessageDocument extends Audited {
  roomId: Types.ObjectId;
  /** The message whose thread this stands in; absent in the room's own timeline. */
  threadId?: Types.ObjectId;
  seq: number;
  authorId: Types.ObjectId;
  clientMessageId: string;
  text: string;
  sentAt: Date;
  /** The message of the same timeline that this one answers. */
  replyToId?: Types.ObjectId;
  mentions?: StoredMentions;
  /** How often it was changed. */
  version?: number;
  editedAt?: Date;
  /** What it said is gone, and so are its mentions, reactions, pin and revisions. */
  deleted?: { at: Date; by: 'author' | 'moderator' };
  /** In the order in which each emoji was first used; nobody's are taken out. */
  reactions?: StoredReaction[];
  /** `slot` is one of the room's `limits.pinsMax`: an index holds that each is taken once. */
  pin?: { at: Date; slot: number };
  thread?: StoredThread;
  /** It was changed, and the change is not in the room's log yet. Stays only where a node died in between. */
  unloggedSince?: Date;
}

/** What it said before each edit, oldest first. Kept with the message, and read only when asked for. */
export interface StoredRevision {
  text: string;
  until: Date;
}

export interface StoredMentions {
  memberIds: Types.ObjectId[];
  room: boolean;
  tierKeys: string[];
}

export interface StoredReaction {
  emoji: string;
  memberIds: Types.ObjectId[];
}

/** The thread that hangs from a message: up to where it goes, how many of its replies were deleted, and who wrote in it first. */
export interface StoredThread {
  lastSeq: number;
  lastAt: Date;
  gone: number;
  memberIds: Types.ObjectId[];
}

/** What names a message before it is stored. */
export type MessageKey = Pick<MessageDocument, 'authorId' | 'clientMessageId'>;

/** What names a timeline: `threadId` null is the room's own. */
export interface TimelineKey {
  roomId: string;
  threadId: string | null;
}

/** Where to read: after a `seq`, before one, around one, or (none of them) the newest. */
export interface PageAsked {
  after?: number | undefined;
  before?: number | undefined;
  around?: number | undefined;
  limit: number;
}

interface MessageModel extends Model<MessageDocument & { revisions?: StoredRevision[] }> {
  /** The timeline's newest `seq`, 0 in an empty one. */
  newestSeq(timeline: TimelineKey): Promise<number>;
  /** At most `limit` messages, rising by `seq`, and whether there are more in the direction asked (asked `around`, older ones). Around what is not there yet are the newest. */
  page(timeline: TimelineKey, asked: PageAsked): Promise<{ messages: MessageDocument[]; hasMore: boolean }>;
  /** Those of the named messages that stand in the store. */
  findSent(keys: readonly MessageKey[]): Promise<MessageDocument[]>;
  /** The messages of these ids, in no order. */
  findAll(ids: readonly Types.ObjectId[]): Promise<MessageDocument[]>;
  /** Stores the messages one after the other and stops at the first that is refused: what stands afterwards is a beginning of the list. */
  storeInOrder(messages: readonly MessageDocument[]): Promise<void>;
}

/** All who come to a room at once ask for this. */
const newestTogether = readTogether<Pick<MessageDocument, 'seq'> | null>();

const { ObjectId } = Schema.Types;
const noId = { _id: false };

const messageSchema = new Schema<MessageDocument & { revisions?: StoredRevision[] }, MessageModel>(
  {
    roomId: { type: ObjectId, required: true },
    threadId: { type: ObjectId },
    seq: { type: Number, required: true },
    authorId: { type: ObjectId, required: true },
    clientMessageId: { type: String, required: true },
    text: { type: String },
    sentAt: { type: Date, required: true },
    replyToId: { type: ObjectId },
    mentions: { type: new Schema({ memberIds: [ObjectId], room: Boolean, tierKeys: [String] }, noId) },
    version: { type: Number },
    editedAt: { type: Date },
    deleted: { type: new Schema({ at: Date, by: String }, noId) },
    reactions: { type: [new Schema({ emoji: String, memberIds: [ObjectId] }, noId)], default: undefined },
    pin: { type: new Schema({ at: Date, slot: Number }, noId) },
    thread: { type: new Schema({ lastSeq: Number, lastAt: Date, gone: Number, memberIds: [ObjectId] }, noId) },
    revisions: { type: [new Schema({ text: String, until: Date }, noId)], default: undefined, select: false },
    unloggedSince: { type: Date },
    unaudited: unauditedField,
  },
  {
    versionKey: false,
    statics: {
      async newestSeq(timeline: TimelineKey) {
        const newest = await newestTogether(`${timeline.roomId}/${timeline.threadId ?? ''}`, () => this.findOne({ roomId: timeline.roomId, threadId: timeline.threadId }).sort({ seq: -1 }).select({ seq: 1 }).lean());
        return newest?.seq ?? 0;
      },
      async page(timeline: TimelineKey, asked: PageAsked) {
        const { span, isForward } = spanOf(asked);
        const found = await this.find({ ...timeline, ...span })
          .sort({ seq: isForward ? 1 : -1 })
          .limit(asked.limit + 1)
          .lean();
        if (asked.around !== undefined && (found.at(-1)?.seq ?? 0) < asked.around) {
          const newest = await this.newestSeq(timeline);
          if (newest > 0 && newest < asked.around) return this.page(timeline, { ...asked, around: newest });
        }
        const messages = found.slice(0, asked.limit);
        if (asked.around !== undefined) return { messages, hasMore: (messages[0]?.seq ?? 1) > 1 };
        return { messages: isForward ? messages : messages.reverse(), hasMore: found.length > asked.limit };
      },
      async findSent(keys: readonly MessageKey[]) {
        const idsOf = new Map<string, string[]>();
        for (const { authorId, clientMessageId } of keys) idsOf.set(String(authorId), [...(idsOf.get(String(authorId)) ?? []), clientMessageId]);
        // A read for each author walks the unique index; one `$or` over all pairs is left to the planner's mercy.
        const found = await Promise.all([...idsOf].map(([authorId, ids]) => this.find({ authorId, clientMessageId: { $in: ids } }).lean()));
        return found.flat();
      },
      findAll(ids: readonly Types.ObjectId[]) {
        return ids.length === 0 ? Promise.resolve([]) : this.find({ _id: { $in: ids } }).lean();
      },
      async storeInOrder(messages: readonly MessageDocument[]) {
        await insertInOrder(this, messages);
      },
    },
  },
);
messageSchema.index(...unauditedIndex);
messageSchema.index({ roomId: 1, threadId: 1, seq: 1 }, { unique: true });
messageSchema.index({ authorId: 1, clientMessageId: 1 }, { unique: true });
messageSchema.index({ roomId: 1, 'pin.slot': 1 }, { unique: true, partialFilterExpression: { 'pin.slot': { $exists: true } } });
// A thread's deleted replies are counted, and changes that were cut off are looked for: both are few.
messageSchema.index({ threadId: 1, seq: 1 }, { partialFilterExpression: { 'deleted.at': { $exists: true } } });
// Whom a message calls, by name, by tier, as a whole room: most call nobody.
messageSchema.index({ 'mentions.memberIds': 1, roomId: 1, seq: 1 }, { partialFilterExpression: { 'mentions.memberIds': { $exists: true } } });
messageSchema.index({ 'mentions.memberIds': 1, _id: -1 }, { partialFilterExpression: { 'mentions.memberIds': { $exists: true } } });
messageSchema.index({ 'mentions.tierKeys': 1, _id: -1 }, { partialFilterExpression: { 'mentions.tierKeys': { $exists: true } } });
messageSchema.index({ 'mentions.room': 1, _id: -1 }, { partialFilterExpression: { 'mentions.room': true } });
messageSchema.index({ unloggedSince: 1 }, { partialFilterExpression: { unloggedSince: { $exists: true } } });

/** The part of a timeline that is asked for, and from which end it is read. */
function spanOf({ after, before, around, limit }: PageAsked): { span: QueryFilter<MessageDocument>; isForward: boolean } {
  if (after !== undefined) return { span: { seq: { $gt: after } }, isForward: true };
  if (before !== undefined) return { span: { seq: { $lt: before } }, isForward: false };
  // There are no gaps, so the place of the page's first message is known.
  if (around !== undefined) return { span: { seq: { $gte: around - Math.floor(limit / 2) } }, isForward: true };
  return { span: {}, isForward: false };
}

export const Message = model<MessageDocument & { revisions?: StoredRevision[] }, MessageModel>('Message', messageSchema);
