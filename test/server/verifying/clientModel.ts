/**
 * What a client holds of a room, kept true by pushes alone: the least that the contracts ask of a client, without a screen.
 * Each keeper fetches its part of the state afresh, and says what a push makes of what was held.
 */
import { chat } from '../../../shared/contracts/chat.js';
import { messages, type MessageView, type QuoteView } from '../../../shared/contracts/messages.js';
import { moderation, type MyRestriction, type RoomModeView } from '../../../shared/contracts/moderation.js';
import type { Push } from '../../../shared/define.js';
import { rooms } from '../../../shared/contracts/rooms.js';
import { excerptOf } from '../../../shared/excerpt.js';
import type { Guest } from '../../support/guest.js';
import { dataOf } from '../members/browser.js';

/** A push as it came in. */
export interface Heard {
  name: string;
  data: unknown;
}

/** One part of what a client holds. What `fetch` answers and what `hear` makes of it must be the same in the end. */
export interface Keeper<S = unknown> {
  name: string;
  fetch(guest: Guest): Promise<S>;
  hear(held: S, push: Heard): S;
  /** Asks what a push said is to be asked; without it no push says so. */
  settle?(guest: Guest, held: S): Promise<S>;
}

interface Timeline {
  lastSeq: number;
  rev: number;
  messages: MessageView[];
}

/** A room's own timeline, or a thread's. */
export function timelineKeeper(roomId: string, threadId: string | null): Keeper<Timeline> {
  return {
    name: threadId === null ? 'the room' : 'the thread',
    async fetch(guest) {
      const { lastSeq, rev, messages: views } = dataOf(await guest.call(chat.history, { roomId, threadId, after: 0, limit: 200 }));
      return { lastSeq, rev, messages: views };
    },
    hear(held, push) {
      const posted = readPush(chat.posted, push);
      if (posted?.roomId === roomId && posted.threadId === threadId) return { ...held, messages: [...held.messages, ...posted.messages], lastSeq: posted.messages.at(-1)?.seq ?? 0 };
      const changed = readPush(messages.changed, push);
      if (changed?.roomId !== roomId) return held;
      if (changed.firstRev > held.rev + 1) throw new Error(`rev ${changed.firstRev} came after ${held.rev}`);
      return { ...held, rev: Math.max(held.rev, changed.rev), messages: changed.messages.reduce(takeChange, held.messages) };
    },
  };
}

/** The room's pins. */
export function pinsKeeper(roomId: string): Keeper<MessageView[]> {
  return {
    name: 'the pins',
    fetch: async (guest) => dataOf(await guest.call(messages.pins, { roomId })),
    hear(held, push) {
      const changed = readPush(messages.changed, push);
      if (changed?.roomId !== roomId) return held;
      const known = changed.messages.reduce((list, view) => (list.some(({ id }) => id === view.id) ? list : [...list, view]), held);
      return changed.messages
        .reduce(takeChange, known)
        .filter(({ pinnedAt }) => pinnedAt !== null)
        .toSorted((one, other) => (other.pinnedAt ?? '').localeCompare(one.pinnedAt ?? ''));
    },
  };
}

/** What one reacted with oneself: emojis by message. */
export function mineKeeper(roomId: string): Keeper<Record<string, string[]>> {
  return {
    name: 'one’s own reactions',
    async fetch(guest) {
      const { mine } = dataOf(await guest.call(chat.history, { roomId, after: 0, limit: 200 }));
      return Object.fromEntries(mine.map(({ messageId, emojis }) => [messageId, emojis]));
    },
    hear(held, push) {
      const mine = readPush(messages.myReactions, push);
      if (mine?.roomId === roomId) return withoutEmpty({ ...held, [mine.messageId]: mine.emojis });
      const changed = readPush(messages.changed, push);
      const gone = changed?.messages.filter(({ deleted }) => deleted) ?? [];
      return withoutEmpty({ ...held, ...Object.fromEntries(gone.map(({ id }) => [id, []])) });
    },
  };
}

/** How the room is spoken in. */
export function modeKeeper(roomId: string): Keeper<RoomModeView | null> {
  return {
    name: 'the mode',
    fetch: async (guest) => dataOf(await guest.ask(rooms.list, {})).find(({ id }) => id === roomId)?.mode ?? null,
    hear(held, push) {
      const changed = readPush(moderation.modeChanged, push);
      return changed?.roomId === roomId ? changed.mode : held;
    },
  };
}

/** What holds oneself back. */
export function heldBackKeeper(): Keeper<MyRestriction[]> {
  return {
    name: 'one’s own restrictions',
    fetch: async (guest) => dataOf(await guest.ask(moderation.mine, {})),
    hear(held, push) {
      const told = readPush(moderation.restricted, push);
      if (!told) return held;
      const { isOver, ...restriction } = told;
      return isOver ? held.filter(({ reason }) => reason !== restriction.reason) : [restriction, ...held];
    },
  };
}

const withoutEmpty = (lists: Record<string, string[]>): Record<string, string[]> => Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));

/** What a push says, if it is this one. */
export function readPush<P extends Push>(push: P, { name, data }: Heard): ReturnType<P['data']['parse']> | null {
  return name === push.name ? (push.data.parse(data) as ReturnType<P['data']['parse']>) : null;
}

/** Of two views of one message the higher version is true; and so of what is quoted of it. */
function takeChange(held: MessageView[], view: MessageView): MessageView[] {
  return held.map((message) => {
    if (message.id === view.id) return view.version > message.version ? view : message;
    return message.replyTo?.id === view.id && view.version > message.replyTo.version ? { ...message, replyTo: requote(message.replyTo, view) } : message;
  });
}

const requote = (quote: QuoteView, { version, text, author }: MessageView): QuoteView => ({ ...quote, version, author, excerpt: excerptOf(text) });
