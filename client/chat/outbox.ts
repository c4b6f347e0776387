/**
 * Messages on their way out. They are kept apart from any page and any tab, so that leaving a room, losing the connection or
 * closing the browser loses none; one timeline's messages go one after the other, so that they arrive in the order written.
 */
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { chat, SendMessage } from '../../shared/contracts/chat.js';
import { PersonView } from '../../shared/contracts/members.js';
import { QuoteView, type MessageView } from '../../shared/contracts/messages.js';
import { newClientId } from '../api/clientId.js';
import { Queue, type Waiting } from '../api/waiting/queue.js';
import { session } from '../api/session.js';
import { call } from '../api/socket.js';
import { createStore } from '../api/store.js';
import { tellReply } from './replies.js';
import type { Place } from './session/timelineState.js';

const KeptMessage = SendMessage.extend({
  /** When it was written, on this machine's clock (ms). */
  writtenAt: z.number(),
  /** What it answers, to be shown above it. */
  replyTo: QuoteView.nullable(),
  /** The people it calls, by whose names it does. */
  people: z.array(PersonView),
});
type KeptMessage = z.infer<typeof KeptMessage>;

/** A message the server has not stored yet, as far as is known here. */
export interface Pending extends KeptMessage {
  /** Why it is not on its way; null while it is. */
  refusal: Waiting<KeptMessage>['refusal'];
}

/** A message as it was written. */
export type Written = Pick<Pending, 'text' | 'replyTo' | 'people' | 'mentions'>;

const queue = new Queue<KeptMessage>({
  name: 'outbox',
  schema: KeptMessage,
  unit: 'messages',
  keepsRefused: true,
  laneOf: ({ roomId, threadId }) => `${roomId}/${threadId ?? ''}`,
  async deliver({ roomId, threadId, clientMessageId, text, replyToId, mentions }) {
    tellReply(await call(chat.send, { roomId, threadId, clientMessageId, text, replyToId, mentions }));
  },
});

const shown = new WeakMap<Waiting<KeptMessage>, Pending>();

/** A bubble is the same one as long as nothing about it changes. */
function show(waiting: Waiting<KeptMessage>): Pending {
  const pending = shown.get(waiting) ?? { ...waiting.item, refusal: waiting.refusal };
  shown.set(waiting, pending);
  return pending;
}

const pendings = createStore<readonly Pending[]>(queue.waiting.get().map(show));
queue.waiting.subscribe(() => pendings.set(queue.waiting.get().map(show)));

/** Puts a message on its way; its bubble can be shown at once. False where too many wait already: then it is not on its way. */
export function sendMessage({ roomId, threadId }: Place, { text, replyTo, people, mentions }: Written): boolean {
  const message = SendMessage.parse({ roomId, threadId, clientMessageId: newClientId(), text, replyToId: replyTo?.id ?? null, mentions });
  return queue.add(message.clientMessageId, { ...message, replyTo, people, writtenAt: Date.now() });
}

/** Tries a refused message again, under the id it had. */
export function sendAgain(clientMessageId: string): void {
  queue.again(clientMessageId);
}

/** Gives up a refused message. */
export function discard(clientMessageId: string): void {
  queue.drop(clientMessageId);
}

/** What a timeline holds is stored, and no longer on its way. */
export function settle(stored: readonly MessageView[]): void {
  const waiting = new Set(pendings.get().map(({ clientMessageId }) => clientMessageId));
  if (waiting.size === 0) return;
  const myId = session.get().me?.id;
  for (const { author, clientMessageId } of stored) if (author.id === myId && waiting.has(clientMessageId)) queue.drop(clientMessageId);
}

/** All messages that are not stored yet, in the order written. */
export function usePending(): readonly Pending[] {
  return useSyncExternalStore(pendings.subscribe, pendings.get);
}
