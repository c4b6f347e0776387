/**
 * Messages on their way out. They are kept apart from any page, so that leaving a room, losing the connection or loading
 * the page again loses none; one room's messages go one after the other, so that they arrive in the order written.
 */
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { chat, SendMessage } from '../../shared/contracts/chat.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import { AppError } from '../../shared/failures.js';
import { newClientId } from '../api/clientId.js';
import { session } from '../api/session.js';
import { call, onConnected } from '../api/socket.js';
import { createStore } from '../api/store.js';

/** A message the server has not stored yet, as far as is known here. */
export interface Pending extends SendMessage {
  /** When it was written, on this machine's clock (ms). */
  writtenAt: number;
  /** Why the server refused it; null while it is on its way. */
  refusal: AppError | null;
}

const Kept = z.array(SendMessage.extend({ writtenAt: z.number() }));
const storageKey = (memberId: string): string => `guildhall.outbox.${memberId}`;

const pendings = createStore<readonly Pending[]>([]);
const storedListeners = new Set<(message: MessageView) => void>();
const sending = new Set<string>();
let memberId: string | null = null;

function change(next: readonly Pending[]): void {
  pendings.set(next);
  if (memberId === null) return;
  const kept = next.map(({ roomId, clientMessageId, text, writtenAt }) => ({ roomId, clientMessageId, text, writtenAt }));
  sessionStorage.setItem(storageKey(memberId), JSON.stringify(kept));
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
  const { roomId, clientMessageId, text } = one;
  try {
    const message = await call(chat.send, { roomId, clientMessageId, text });
    for (const listener of [...storedListeners]) listener(message);
    drop(clientMessageId);
    return true;
  } catch (error) {
    // Offline: it stays where it is, and goes out again under the same id when the connection is back.
    if (!(error instanceof AppError)) return false;
    change(pendings.get().map((other) => (other.clientMessageId === clientMessageId ? { ...other, refusal: error } : other)));
    return true;
  }
}

async function sendRoom(roomId: string): Promise<void> {
  if (sending.has(roomId)) return;
  sending.add(roomId);
  try {
    for (;;) {
      const next = pendings.get().find((one) => one.roomId === roomId && one.refusal === null);
      if (next === undefined || !(await sendOne(next))) return;
    }
  } finally {
    sending.delete(roomId);
  }
}

function sendAll(): void {
  for (const roomId of new Set(pendings.get().map((one) => one.roomId))) void sendRoom(roomId);
}

session.subscribe(followSession);
followSession();
onConnected(sendAll);

/** Puts a message on its way; its bubble can be shown at once. */
export function sendMessage(roomId: string, text: string): void {
  change([...pendings.get(), { ...SendMessage.parse({ roomId, clientMessageId: newClientId(), text }), writtenAt: Date.now(), refusal: null }]);
  void sendRoom(roomId);
}

/** Tries a refused message again, under the id it had. */
export function sendAgain(clientMessageId: string): void {
  const one = pendings.get().find((other) => other.clientMessageId === clientMessageId);
  if (one === undefined) return;
  change(pendings.get().map((other) => (other === one ? { ...one, refusal: null } : other)));
  void sendRoom(one.roomId);
}

/** Gives up a refused message. */
export function discard(clientMessageId: string): void {
  drop(clientMessageId);
}

/** A push told of the message before its reply did: it is stored, and no longer on its way. */
export function settle(clientMessageId: string): void {
  if (pendings.get().some((one) => one.clientMessageId === clientMessageId)) drop(clientMessageId);
}

/** Hears of each message the moment its reply says it is stored; the answer stops it. */
export function onStored(listener: (message: MessageView) => void): () => void {
  storedListeners.add(listener);
  return () => storedListeners.delete(listener);
}

/** All messages that are not stored yet, in the order written. */
export function usePending(): readonly Pending[] {
  return useSyncExternalStore(pendings.subscribe, pendings.get);
}
