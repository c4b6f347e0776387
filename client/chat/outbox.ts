/**
 * Messages on their way out. They are kept apart from any page, so that leaving a room, losing the connection or loading
 * the page again loses none; one timeline's messages go one after the other, so that they arrive in the order written.
 */
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { chat, SendMessage } from '../../shared/contracts/chat.js';
import { PersonView } from '../../shared/contracts/members.js';
import { QuoteView, type MessageView } from '../../shared/contracts/messages.js';
import { AppError } from '../../shared/failures.js';
import { newClientId } from '../api/clientId.js';
import { session } from '../api/session.js';
import { call, onConnected } from '../api/socket.js';
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

/** A message the server has not stored yet, as far as is known here. */
export interface Pending extends z.infer<typeof KeptMessage> {
  /** Why the server refused it; null while it is on its way. */
  refusal: AppError | null;
}

/** A message as it was written. */
export type Written = Pick<Pending, 'text' | 'replyTo' | 'people' | 'mentions'>;

const Kept = z.array(KeptMessage);
const storageKey = (memberId: string): string => `guildhall.outbox.${memberId}`;

const pendings = createStore<readonly Pending[]>([]);
const sending = new Set<string>();
let memberId: string | null = null;

function change(next: readonly Pending[]): void {
  pendings.set(next);
  if (memberId === null) return;
  sessionStorage.setItem(storageKey(memberId), JSON.stringify(next.map(({ refusal: _, ...kept }) => kept)));
}

function readKept(member: string): readonly Pending[] {
  const text = sessionStorage.getItem(storageKey(member));
  if (text === null) return [];
  try {
    return Kept.parse(JSON.parse(text)).map((kept) => ({ ...kept, refusal: null }));
  } catch {
    sessionStorage.removeItem(storageKey(member));
    return [];
  }
}

function followSession(): void {
  const next = session.get().me?.id ?? null;
  if (next === memberId) return;
  memberId = next;
  pendings.set(next === null ? [] : readKept(next));
  sendAll();
}

function drop(clientMessageId: string): void {
  change(pendings.get().filter((one) => one.clientMessageId !== clientMessageId));
}

async function sendOne(one: Pending): Promise<boolean> {
  const { roomId, threadId, clientMessageId, text, replyToId, mentions } = one;
  try {
    tellReply(await call(chat.send, { roomId, threadId, clientMessageId, text, replyToId, mentions }));
    drop(clientMessageId);
    return true;
  } catch (error) {
    // Offline: it stays where it is, and goes out again under the same id when the connection is back.
    if (!(error instanceof AppError)) return false;
    change(pendings.get().map((other) => (other.clientMessageId === clientMessageId ? { ...other, refusal: error } : other)));
    return true;
  }
}

function isIn({ roomId, threadId }: Place): (one: Place) => boolean {
  return (one) => one.roomId === roomId && one.threadId === threadId;
}

async function sendTimeline(place: Place): Promise<void> {
  const name = `${place.roomId}/${place.threadId ?? ''}`;
  if (sending.has(name)) return;
  sending.add(name);
  try {
    for (;;) {
      const next = pendings.get().filter(isIn(place)).find((one) => one.refusal === null);
      if (next === undefined || !(await sendOne(next))) return;
    }
  } finally {
    sending.delete(name);
  }
}

function sendAll(): void {
  for (const one of pendings.get()) void sendTimeline(one);
}

session.subscribe(followSession);
followSession();
onConnected(sendAll);

/** Puts a message on its way; its bubble can be shown at once. */
export function sendMessage(place: Place, { text, replyTo, people, mentions }: Written): void {
  const { roomId, threadId } = place;
  const message = SendMessage.parse({ roomId, threadId, clientMessageId: newClientId(), text, replyToId: replyTo?.id ?? null, mentions });
  change([...pendings.get(), { ...message, replyTo, people, writtenAt: Date.now(), refusal: null }]);
  void sendTimeline(place);
}

/** Tries a refused message again, under the id it had. */
export function sendAgain(clientMessageId: string): void {
  const one = pendings.get().find((other) => other.clientMessageId === clientMessageId);
  if (one === undefined) return;
  change(pendings.get().map((other) => (other === one ? { ...one, refusal: null } : other)));
  void sendTimeline(one);
}

/** Gives up a refused message. */
export function discard(clientMessageId: string): void {
  drop(clientMessageId);
}

/** What a timeline holds is stored, and no longer on its way. */
export function settle(stored: readonly MessageView[]): void {
  if (pendings.get().length === 0) return;
  const ids = new Set(stored.filter((message) => message.author.id === memberId).map((message) => message.clientMessageId));
  if (pendings.get().some((one) => ids.has(one.clientMessageId))) change(pendings.get().filter((one) => !ids.has(one.clientMessageId)));
}

/** All messages that are not stored yet, in the order written. */
export function usePending(): readonly Pending[] {
  return useSyncExternalStore(pendings.subscribe, pendings.get);
}
