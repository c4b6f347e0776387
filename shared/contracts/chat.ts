/** Chat, as both sides see it: what a member may ask of a room, and what a room may say. */
import { z } from 'zod';
import { ClientId, Id } from '../ids.js';
import { limits } from '../limits.js';
import { defineCall, definePush } from './define.js';
import { PersonView } from './members.js';
import { RoomView } from './rooms.js';

/** The client names the message, so a retry after a lost reply is the same message, not a second. */
export const SendMessage = z.strictObject({
  roomId: Id,
  clientMessageId: ClientId,
  text: z.string().trim().min(1).max(limits.messageLength),
});
export type SendMessage = z.infer<typeof SendMessage>;

/** Inputs are strict; views are open, so that an old client survives a new field. */
export const MessageView = z.object({
  id: Id,
  roomId: Id,
  author: PersonView,
  clientMessageId: ClientId,
  /** Rises by one per room, without gaps; a client that sees a gap asks `chat.history` to fill it. */
  seq: z.int().positive(),
  text: z.string(),
  sentAt: z.iso.datetime(),
});
export type MessageView = z.infer<typeof MessageView>;

/** Everything after `after` (oldest first), or the newest before `before`; without either, the newest page. `messages` always rise by `seq`. */
export const ReadHistory = z
  .strictObject({
    roomId: Id,
    after: z.int().nonnegative().optional(),
    before: z.int().positive().optional(),
    limit: z.int().min(1).max(limits.historyPageMax).default(limits.historyPage),
  })
  .refine((input) => input.after === undefined || input.before === undefined, 'give after or before, not both');
export type ReadHistory = z.infer<typeof ReadHistory>;

export const HistoryView = z.object({
  messages: z.array(MessageView),
  /** The room's newest `seq` when this was read. */
  lastSeq: z.int().nonnegative(),
  /** There is more in the direction asked. */
  hasMore: z.boolean(),
});
export type HistoryView = z.infer<typeof HistoryView>;

/** Who is here: always the count (members, not connections); names only up to `limits.presenceNamesMax`. */
export const HereView = z.object({ roomId: Id, count: z.int().nonnegative(), people: z.array(PersonView) });
export type HereView = z.infer<typeof HereView>;

const InRoom = z.strictObject({ roomId: Id });
export type InRoom = z.infer<typeof InRoom>;

export const chat = {
  /** Enters the room on this connection. Only after this reply does the client ask for what it missed. */
  join: defineCall('chat:join', { input: InRoom, output: z.object({ room: RoomView, lastSeq: z.int().nonnegative(), here: HereView }), failures: ['room.not_found'] }),
  leave: defineCall('chat:leave', { input: InRoom, output: z.object({}) }),
  send: defineCall('chat:send', { input: SendMessage, output: MessageView, failures: ['room.not_found', 'server.busy'], limit: { points: 60, seconds: 10 } }),
  history: defineCall('chat:history', { input: ReadHistory, output: HistoryView, failures: ['room.not_found'] }),
  typing: defineCall('chat:typing', { input: InRoom, output: z.object({}), failures: ['room.not_found'] }),
  here: defineCall('chat:here', { input: InRoom, output: HereView, failures: ['room.not_found'] }),
  /** Messages stored together are told together, rising by `seq`. */
  posted: definePush('chat:posted', z.object({ roomId: Id, messages: z.array(MessageView).min(1) })),
  typed: definePush('chat:typed', z.object({ roomId: Id, person: PersonView })),
  hereChanged: definePush('chat:hereChanged', HereView),
} as const;
