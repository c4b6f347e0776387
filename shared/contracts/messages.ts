/**
 * Messages, as both sides see them, and what may be done to one that was said. A message has a place in its timeline
 * (`seq`, gapless) that never changes, and a state that may: edited, deleted, reacted to, pinned, answered in a thread.
 *
 * Each change raises the message's own `version` and is told under the room's next `rev`, which is gapless too: whoever
 * hears `rev` 8 after 6 asks `chat.changes` for what was missed. Of two views of one message the higher `version` is true.
 */
import { z } from 'zod';
import { ClientId, Id } from '../ids.js';
import { limits } from '../limits.js';
import { defineCall, definePush } from '../define.js';
import { PersonView } from './members.js';

/** One emoji as Unicode recommends it for interchange (UTS #51, RGI), skin tones and flags included. */
export const Emoji = z.string().max(40).regex(new RegExp('^\\p{RGI_Emoji}$', 'v'), 'one emoji');

/** A timeline: a room's own, or the one of a thread, named by the message that the thread hangs from. */
export const TimelineAt = z.strictObject({ roomId: Id, threadId: Id.nullable().default(null) });
export type TimelineAt = z.infer<typeof TimelineAt>;

/** Whom a message calls. A room or tiers as a whole may be called by whoever may moderate the room. */
export const Mentions = z.strictObject({
  memberIds: z.array(Id).max(limits.mentionsMax).default([]),
  room: z.boolean().default(false),
  tierKeys: z.array(z.string().max(40)).max(limits.mentionsMax).default([]),
});
export type Mentions = z.infer<typeof Mentions>;

export const MessageText = z.string().trim().min(1).max(limits.messageLength);

/**
 * What a reply answers to, as far as it is shown above the reply. Empty where that message was deleted. The reply itself
 * is not changed by what becomes of it: whoever knows that message in a higher `version` shows the excerpt of that one.
 */
export const QuoteView = z.object({ id: Id, seq: z.int().positive(), version: z.int().nonnegative(), author: PersonView, excerpt: z.string() });
export type QuoteView = z.infer<typeof QuoteView>;

/** A thread as its first message shows it. `count` leaves deleted replies out. */
export const ThreadView = z.object({ count: z.int().nonnegative(), lastSeq: z.int().positive(), lastAt: z.iso.datetime(), people: z.array(PersonView).max(limits.threadFacesMax) });
export type ThreadView = z.infer<typeof ThreadView>;

/** Who took a message away. What it said is gone from every view; its place, its replies and its thread stay. */
export const DeletedView = z.object({ at: z.iso.datetime(), by: z.enum(['author', 'moderator']) });

export const ReactionView = z.object({ emoji: z.string(), count: z.int().positive() });
export type ReactionView = z.infer<typeof ReactionView>;

/** The same for everybody; what the reader themselves reacted with is `MyReactions`. Inputs are strict; views are open, so that an old client survives a new field. */
export const MessageView = z.object({
  id: Id,
  roomId: Id,
  /** The message whose thread this stands in; null in the room's own timeline. */
  threadId: Id.nullable(),
  author: PersonView,
  clientMessageId: ClientId,
  /** Rises by one in its timeline, without gaps; a client that sees a gap asks `chat.history` to fill it. */
  seq: z.int().positive(),
  /** How often the message was changed. */
  version: z.int().nonnegative(),
  /** Markdown; empty where deleted. */
  text: z.string(),
  sentAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
  deleted: DeletedView.nullable(),
  replyTo: QuoteView.nullable(),
  mentions: z.object({ people: z.array(PersonView), room: z.boolean(), tierKeys: z.array(z.string()) }),
  /** In the order in which each emoji was first used. */
  reactions: z.array(ReactionView),
  thread: ThreadView.nullable(),
  pinnedAt: z.iso.datetime().nullable(),
});
export type MessageView = z.infer<typeof MessageView>;

/** The emoji the reader reacted with to one message, true as of that message's `version`. */
export const MyReactions = z.object({ messageId: Id, version: z.int().nonnegative(), emojis: z.array(z.string()) });
export type MyReactions = z.infer<typeof MyReactions>;

/** What a message said before an edit, and until when. */
export const RevisionView = z.object({ text: z.string(), until: z.iso.datetime() });
export type RevisionView = z.infer<typeof RevisionView>;

export const OfMessage = z.strictObject({ roomId: Id, messageId: Id });
export type OfMessage = z.infer<typeof OfMessage>;

export const EditMessage = OfMessage.extend({ text: MessageText, mentions: Mentions.prefault({}) });
export type EditMessage = z.infer<typeof EditMessage>;

export const React = OfMessage.extend({ emoji: Emoji, isOn: z.boolean() });
export type React = z.infer<typeof React>;

export const PinMessage = OfMessage.extend({ isOn: z.boolean() });
export type PinMessage = z.infer<typeof PinMessage>;

const gone = ['room.not_found', 'message.not_found'] as const;

/** Each of these says what shall be, so that a retry changes nothing more. */
export const messages = {
  /** One message as it is now, with the reader's own reactions: what a thread hangs from, where a link leads. */
  show: defineCall('messages:show', { input: OfMessage, output: z.object({ message: MessageView, mine: MyReactions }), failures: gone }),
  /** The author's alone. The new text is held to the room's mode as a new message would be, but for the pace of a slow one. */
  edit: defineCall('messages:edit', {
    input: EditMessage,
    output: MessageView,
    failures: [...gone, 'message.deleted', 'message.too_many_edits', 'mention.refused', 'member.timed_out', 'room.read_only', 'room.questions_only', 'room.emoji_only', 'server.busy'],
  }),
  /** The author's, and whoever may moderate the room. */
  remove: defineCall('messages:remove', { input: OfMessage, output: MessageView, failures: [...gone, 'server.busy'] }),
  /** What it said before, oldest first; everybody's who may read it. Nothing of a deleted one. */
  revisions: defineCall('messages:revisions', { input: OfMessage, output: z.array(RevisionView), failures: gone }),
  react: defineCall('messages:react', { input: React, output: z.object({ message: MessageView, mine: MyReactions }), failures: [...gone, 'message.deleted', 'message.too_many_reactions', 'member.timed_out', 'server.busy'] }),
  /** Who reacted with one emoji: the first `limits.reactorsMax`. */
  reactors: defineCall('messages:reactors', { input: OfMessage.extend({ emoji: Emoji }), output: z.array(PersonView), failures: gone }),
  /** Of whoever may moderate the room. */
  pin: defineCall('messages:pin', { input: PinMessage, output: MessageView, failures: [...gone, 'message.deleted', 'room.too_many_pins', 'server.busy'] }),
  /** The room's pinned messages, the latest pinned first. */
  pins: defineCall('messages:pins', { input: z.strictObject({ roomId: Id }), output: z.array(MessageView), failures: ['room.not_found'] }),
  /** Told inside the room: what these messages are now. They were changed under `firstRev` to `rev`; both ends included. */
  changed: definePush('messages:changed', z.object({ roomId: Id, firstRev: z.int().positive(), rev: z.int().positive(), messages: z.array(MessageView) })),
  /** Told to all connections of the member who reacted. */
  myReactions: definePush('messages:myReactions', MyReactions.extend({ roomId: Id })),
} as const;
