/**
 * What the member does to what was read. A mark shows at once and travels a moment later, at most every few seconds for one
 * timeline: whoever watches a conversation reads each message of it, and the house need not hear of each.
 */
import { reading, type ReadStateView } from '../../shared/contracts/reading.js';
import { isFailure } from '../api/problems.js';
import { session } from '../api/session.js';
import { call, onConnected } from '../api/socket.js';
import { createStore } from '../api/store.js';
import { correctBy, keyOf, put, stateOf, take, type At } from './readingStore.js';

/** The least time between two marks of one timeline. Milliseconds. */
const markEveryMs = 3_000;

/** Marks that the house has not confirmed, by timeline. */
const unconfirmed = new Map<string, At & { seq: number }>();
const pausing = new Map<string, ReturnType<typeof setTimeout>>();
/** Timelines that were marked unread while they are open, with the `seq` up to which they are read: they stay so until they are left. */
export const held = createStore<ReadonlyMap<string, number>>(new Map());

correctBy((state) => {
  const mark = unconfirmed.get(keyOf(state));
  return mark === undefined || mark.seq <= state.readSeq ? state : readUpTo(state, mark.seq);
});

function readUpTo(state: ReadStateView, seq: number): ReadStateView {
  const isAll = seq >= state.lastSeq;
  return { ...state, readSeq: seq, ...(isAll ? { unread: 0, mentions: 0 } : {}) };
}

/** Marks a timeline as read up to a message that is before somebody's eyes. One that they marked unread stays so while it is open. */
export function markSeen(at: At, seq: number): void {
  const known = stateOf(at);
  if (known === null || held.get().has(keyOf(at)) || known.readSeq >= seq) return;
  put(readUpTo({ ...known, lastSeq: Math.max(known.lastSeq, seq) }, seq));
  unconfirmed.set(keyOf(at), { roomId: at.roomId, threadId: at.threadId, seq });
  if (!pausing.has(keyOf(at))) void confirm(keyOf(at));
}

/** Marks a timeline as read to its end, by the member's own word. */
export function markAllRead(at: At): void {
  letGo(at);
  const known = stateOf(at);
  if (known !== null) markSeen(at, known.lastSeq);
}

/** Tells the house of a mark, then waits before it tells of the next. */
async function confirm(key: string): Promise<void> {
  const mark = unconfirmed.get(key);
  if (mark === undefined) return;
  clearTimeout(pausing.get(key));
  pausing.set(
    key,
    setTimeout(() => {
      pausing.delete(key);
      void confirm(key);
    }, markEveryMs),
  );
  try {
    const state = await call(reading.mark, mark);
    if (unconfirmed.get(key)?.seq === mark.seq) unconfirmed.delete(key);
    take(state);
  } catch (error) {
    // Offline it stays, and is told at the next connection.
    if (isFailure(error, 'room.not_found') || isFailure(error, 'message.not_found')) unconfirmed.delete(key);
  }
}

/** Marks a timeline as unread from a message on; it stays so until it is left. @throws AppError, OfflineError - then it is as it was. */
export async function markUnread(at: At, seq: number): Promise<void> {
  const key = keyOf(at);
  held.set(new Map(held.get()).set(key, seq - 1));
  unconfirmed.delete(key);
  try {
    take(await call(reading.markUnread, { roomId: at.roomId, threadId: at.threadId, seq }));
  } catch (error) {
    letGo(at);
    throw error;
  }
}

/** The timeline is no longer before anybody's eyes: what was marked unread in it may be read when it is opened again. */
export function letGo(at: At): void {
  const left = new Map(held.get());
  if (left.delete(keyOf(at))) held.set(left);
}

/** @throws AppError, OfflineError */
export async function muteRoom(roomId: string, isOn: boolean): Promise<void> {
  take(await call(reading.mute, { roomId, isOn }));
}

/** @throws AppError, OfflineError */
export async function followThread(at: { roomId: string; threadId: string }, isOn: boolean): Promise<void> {
  take(await call(reading.follow, { roomId: at.roomId, threadId: at.threadId, isOn }));
}

let memberId = session.get().me?.id ?? null;
session.subscribe(() => {
  const next = session.get().me?.id ?? null;
  if (next === memberId) return;
  memberId = next;
  unconfirmed.clear();
  held.set(new Map());
});
onConnected(() => {
  for (const key of unconfirmed.keys()) void confirm(key);
});
