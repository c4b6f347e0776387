/**
 * Reading: up to where a member has read each timeline, the same on all their devices, and what of it calls them. Counts
 * are made from what stands now, so that deleted and edited messages never leave a badge behind.
 */
import { z } from 'zod';
import { Id } from '../ids.js';
import { limits } from '../limits.js';
import { defineCall, definePush } from '../define.js';
import { MessageView, TimelineAt } from './messages.js';

/** How one member stands to one timeline. */
export const ReadStateView = z.object({
  roomId: Id,
  threadId: Id.nullable(),
  /** The last `seq` that was read. */
  readSeq: z.int().nonnegative(),
  lastSeq: z.int().nonnegative(),
  /** Up to here the member's own messages count like those of others: the member marked them unread. */
  ownUntil: z.int().nonnegative().default(0),
  /** Messages of others after `readSeq` that stand, counted up to `limits.unreadMax`. */
  unread: z.int().min(0).max(limits.unreadMax),
  /** Those among them that call this member. */
  mentions: z.int().min(0).max(limits.unreadMax),
  /** A muted room shows mentions only. Threads are never muted; they are followed or not. */
  isMuted: z.boolean(),
  /** Of a thread: news of it are counted. Whoever writes in a thread, began it, or is called in it by name follows it until they say otherwise. */
  isFollowed: z.boolean(),
  /** Rises with each change of `readSeq`, `isMuted` and `isFollowed`; of two views the higher is true. */
  version: z.int().nonnegative(),
});
export type ReadStateView = z.infer<typeof ReadStateView>;

/** A followed thread in the list of what is to be read. */
export const ThreadReadView = ReadStateView.extend({ root: MessageView });

export const MarkRead = TimelineAt.extend({ seq: z.int().nonnegative() });
export type MarkRead = z.infer<typeof MarkRead>;

export const ReadMentions = z.strictObject({ before: Id.optional(), limit: z.int().min(1).max(limits.historyPageMax).default(limits.historyPage) });
export type ReadMentions = z.infer<typeof ReadMentions>;

const failures = ['room.not_found', 'message.not_found'] as const;

export const reading = {
  /** All rooms the member may enter, and the threads they follow that have something unread. A room seen for the first time counts as read. */
  list: defineCall('reading:list', { input: z.strictObject({}), output: z.object({ rooms: z.array(ReadStateView), threads: z.array(ThreadReadView) }) }),
  /** One timeline's. */
  show: defineCall('reading:show', { input: TimelineAt, output: ReadStateView, failures }),
  /** Read up to `seq`. It never moves backward. */
  mark: defineCall('reading:mark', { input: MarkRead, output: ReadStateView, failures }),
  /** Unread from the message at `seq` on, the member's own with the others. */
  markUnread: defineCall('reading:markUnread', { input: TimelineAt.extend({ seq: z.int().positive() }), output: ReadStateView, failures }),
  mute: defineCall('reading:mute', { input: z.strictObject({ roomId: Id, isOn: z.boolean() }), output: ReadStateView, failures: ['room.not_found'] }),
  follow: defineCall('reading:follow', { input: z.strictObject({ roomId: Id, threadId: Id, isOn: z.boolean() }), output: ReadStateView, failures }),
  /** Messages that call the member, the newest first, before the message `before`; only in rooms they may enter now. */
  mentions: defineCall('reading:mentions', { input: ReadMentions, output: z.object({ messages: z.array(MessageView), hasMore: z.boolean() }) }),
  /** Told to all connections of the member. */
  changed: definePush('reading:changed', ReadStateView),
  /**
   * Told to all who may enter the room, joined or not, at most once a second: something was said there. With `calls` it may
   * call them, or something that was said is said no more: whoever has not read up to `lastSeq` asks `reading.show`.
   */
  rang: definePush('reading:rang', z.object({ roomId: Id, lastSeq: z.int().nonnegative(), calls: z.boolean() })),
  /** Told to those connections of a member that may enter the room: a message calls them, or one in a thread they follow was added, edited or deleted. Ask `reading.show`. */
  called: definePush('reading:called', TimelineAt),
} as const;
