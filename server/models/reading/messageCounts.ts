/** What reading asks of messages: how many stand, whose they are, and whom they call. */
import { Types } from 'mongoose';
import { Message, type MessageDocument, type TimelineKey } from '../messages/message.js';

/** A message as far as counting goes. */
export interface CountedMessage {
  seq: number;
  authorId: string;
  isGone: boolean;
  /** Whom it calls by name. */
  memberIds: readonly string[];
  /** It calls the whole room. */
  room: boolean;
  /** It calls these tiers. */
  tierKeys: readonly string[];
}

/** Who is called: the member by name, as one of the room, as one of their tier. */
export interface Called {
  memberId: string;
  tierKey: string;
}

/** A part of a timeline, both ends left out. */
export interface Span {
  after: number;
  before: number;
}

const counted = { _id: 0, seq: 1, authorId: 1, 'deleted.at': 1, mentions: 1 } as const;

/** The newest messages of a part of a timeline, at most `limit`, rising by `seq`. */
export async function readNewest(timeline: TimelineKey, limit: number, { after = 0, before }: Partial<Span> = {}): Promise<CountedMessage[]> {
  const found = await Message.find({ ...timeline, seq: { $gt: after, ...(before === undefined ? {} : { $lt: before }) } })
    .sort({ seq: -1 })
    .limit(limit)
    .select(counted)
    .lean();
  return found.map(countedOf).reverse();
}

function countedOf({ seq, authorId, deleted, mentions }: MessageDocument): CountedMessage {
  return {
    seq,
    authorId: String(authorId),
    isGone: Boolean(deleted),
    memberIds: mentions?.memberIds.map(String) ?? [],
    room: mentions?.room ?? false,
    tierKeys: mentions?.tierKeys ?? [],
  };
}

/** How many messages of others, and up to `ownUntil` of the member too, stand in a part of a timeline, counted up to `max`. */
export function countUnread(timeline: TimelineKey, { memberId, ownUntil }: { memberId: string; ownUntil: number }, { after, before }: Span, max: number): Promise<number> {
  const whose = ownUntil > after ? { $or: [{ authorId: { $ne: memberId } }, { seq: { $lte: ownUntil } }] } : { authorId: { $ne: memberId } };
  return Message.countDocuments({ ...timeline, seq: { $gt: after, $lt: before }, ...whose, deleted: null }).limit(max);
}

/** Where a message stands. */
export interface Place extends TimelineKey {
  seq: number;
}

/** All messages of others in these rooms that call the member, in no order. */
export async function findCalls(called: Called, roomIds: readonly string[]): Promise<Place[]> {
  const inRooms = { roomId: { $in: roomIds.map((id) => new Types.ObjectId(id)) }, authorId: { $ne: called.memberId } };
  const found = await Promise.all(waysToCall(called).map((way) => Message.find({ ...way, ...inRooms }).select({ _id: 0, roomId: 1, threadId: 1, seq: 1 }).lean()));
  const places = found.flat().map(({ roomId, threadId, seq }): Place => ({ roomId: String(roomId), threadId: threadId ? String(threadId) : null, seq }));
  return [...new Map(places.map((place) => [`${place.roomId} ${place.threadId} ${place.seq}`, place])).values()];
}

/** The newest messages of others in these rooms that call the member, before the message `before`; at most `limit`, the newest first. */
export async function pageOfCalls(called: Called, roomIds: readonly string[], before: string | undefined, limit: number): Promise<MessageDocument[]> {
  // Ids rise with time: what was said before there was such a member does not call them.
  const span = { $gt: new Types.ObjectId(called.memberId), ...(before ? { $lt: new Types.ObjectId(before) } : {}) };
  const asked = { _id: span, roomId: { $in: roomIds.map((id) => new Types.ObjectId(id)) }, authorId: { $ne: called.memberId } };
  // Each way has an index of its own; one `$or` over them is left to the planner's mercy.
  const found = await Promise.all(waysToCall(called).map((way) => Message.find({ ...way, ...asked }).sort({ _id: -1 }).limit(limit).lean()));
  const byId = new Map(found.flat().map((message) => [String(message._id), message]));
  return [...byId.values()].toSorted((one, other) => (one._id.equals(other._id) ? 0 : String(one._id) < String(other._id) ? 1 : -1)).slice(0, limit);
}

/** A deleted message calls nobody: its mentions go with its text. */
const waysToCall = ({ memberId, tierKey }: Called) => [{ 'mentions.memberIds': memberId }, { 'mentions.room': true }, { 'mentions.tierKeys': tierKey }];
