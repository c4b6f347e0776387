/** Chat, as both sides see it: what a member may ask of a timeline, and what a timeline may say. What may be done to a message is `messages`'. */
import { z } from 'zod';
import { ClientId, Id } from '../ids.js';
import { limits } from '../limits.js';
import { defineCall, definePush } from '../define.js';
import { PersonView } from './members.js';
import { Mentions, MessageText, MessageView, MyReactions, TimelineAt } from './messages.js';
import { PersonHere } from './presence.js';
import { RoomView } from './rooms.js';

/** The client names the message, so a retry after a lost reply is the same message, not a second. */
export const SendMessage = TimelineAt.extend({
  clientMessageId: ClientId,
  text: MessageText,
  /** A message of the same timeline that this one answers. */
  replyToId: Id.nullable().default(null),
  mentions: Mentions.prefault({}),
});
export type SendMessage = z.infer<typeof SendMessage>;

/**
 * Everything after `after` (oldest first), the newest before `before`, or the page in whose middle `around` is; without
 * any of them, the newest page. `messages` always rise by `seq`.
 */
export const ReadHistory = TimelineAt.extend({
  after: z.int().nonnegative().optional(),
  before: z.int().positive().optional(),
  around: z.int().positive().optional(),
  limit: z.int().min(1).max(limits.historyPageMax).default(limits.historyPage),
}).refine((input) => [input.after, input.before, input.around].filter((one) => one !== undefined).length <= 1, 'give one of after, before and around');
export type ReadHistory = z.infer<typeof ReadHistory>;

export const HistoryView = z.object({
  messages: z.array(MessageView),
  /** The reader's own reactions to them, where there are any. */
  mine: z.array(MyReactions),
  /** The timeline's newest `seq` when this was read. */
  lastSeq: z.int().nonnegative(),
  /** The room's newest `rev` before this was read: every change up to it is in these views, later ones may be. */
  rev: z.int().nonnegative(),
  /** There is more in the direction asked; asked `around`, older ones. */
  hasMore: z.boolean(),
  /** There are newer ones than these. */
  hasNewer: z.boolean(),
});
export type HistoryView = z.infer<typeof HistoryView>;

export const ReadChanges = z.strictObject({ roomId: Id, after: z.int().nonnegative() });
export type ReadChanges = z.infer<typeof ReadChanges>;

/** The messages that were changed after a `rev`, each once and as it is now, threads' included. */
export const ChangesView = z.object({
  messages: z.array(MessageView),
  mine: z.array(MyReactions),
  /** Up to where this tells. */
  rev: z.int().nonnegative(),
  hasMore: z.boolean(),
});
export type ChangesView = z.infer<typeof ChangesView>;

/** Who is here: always the count (members, not connections); names only up to `limits.presenceNamesMax`. */
export const HereView = z.object({ roomId: Id, count: z.int().nonnegative(), people: z.array(PersonHere) });
export type HereView = z.infer<typeof HereView>;

const InRoom = z.strictObject({ roomId: Id });
export type InRoom = z.infer<typeof InRoom>;

/** Why one may read a timeline and yet not write in it. */
const unspoken = ['room.read_only', 'room.slow', 'room.questions_only', 'room.emoji_only', 'member.timed_out'] as const;

export const chat = {
  /** Enters the room, or a thread of it, on this connection. Only after this reply does the client ask for what it missed. */
  join: defineCall('chat:join', {
    input: TimelineAt,
    output: z.object({ room: RoomView, lastSeq: z.int().nonnegative(), rev: z.int().nonnegative(), here: HereView }),
    failures: ['room.not_found', 'message.not_found'],
  }),
  leave: defineCall('chat:leave', { input: TimelineAt, output: z.object({}) }),
  send: defineCall('chat:send', { input: SendMessage, output: MessageView, failures: ['room.not_found', 'message.not_found', 'mention.refused', 'server.busy', ...unspoken], limit: { points: 60, seconds: 10 } }),
  history: defineCall('chat:history', { input: ReadHistory, output: HistoryView, failures: ['room.not_found', 'message.not_found'] }),
  /** The `seq` of the first message sent at that time or later; the newest where there is none, 0 in an empty timeline. */
  seqAt: defineCall('chat:seqAt', { input: TimelineAt.extend({ at: z.iso.datetime() }), output: z.object({ seq: z.int().nonnegative() }), failures: ['room.not_found', 'message.not_found'] }),
  changes: defineCall('chat:changes', { input: ReadChanges, output: ChangesView, failures: ['room.not_found'] }),
  typing: defineCall('chat:typing', { input: TimelineAt, output: z.object({}), failures: ['room.not_found', 'message.not_found'] }),
  here: defineCall('chat:here', { input: InRoom, output: HereView, failures: ['room.not_found'] }),
  /** Messages stored together are told together, rising by `seq`; all of one timeline. */
  posted: definePush('chat:posted', z.object({ roomId: Id, threadId: Id.nullable(), messages: z.array(MessageView).min(1) })),
  typed: definePush('chat:typed', z.object({ roomId: Id, threadId: Id.nullable(), person: PersonView }), { mayBeDropped: true }),
  hereChanged: definePush('chat:hereChanged', HereView, { mayBeDropped: true }),
} as const;
