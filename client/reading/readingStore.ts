/**
 * What was read and what was not, as the house counts it for this member on all their devices. Asked as a whole at each
 * connection; between connections the house tells what changed, and single timelines are asked for again.
 */
import type { z } from 'zod';
import { community } from '../../shared/contracts/community.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import { reading, type ReadStateView } from '../../shared/contracts/reading.js';
import { rights } from '../../shared/contracts/rights.js';
import { rooms } from '../../shared/contracts/rooms.js';
import { limits } from '../../shared/limits.js';
import { isFailure } from '../api/problems.js';
import { session } from '../api/session.js';
import { call, on, onConnected } from '../api/socket.js';
import { createStore } from '../api/store.js';

/** A timeline: a room's own, or a thread's. */
export interface At {
  roomId: string;
  threadId: string | null;
}

export interface Reading {
  /** False until the house has answered for the first time. */
  isKnown: boolean;
  states: ReadonlyMap<string, ReadStateView>;
  /** What followed threads hang from, by the thread's key. */
  roots: ReadonlyMap<string, MessageView>;
}

const nothing: Reading = { isKnown: false, states: new Map(), roots: new Map() };
/** Everybody in a room hears its bell at the same moment; they must not all ask at the same moment. Milliseconds. */
const askWithinMs = 1_500;
/** Whoever is called by name is shown so at once. */
const askCalledMs = 50;

export const store = createStore<Reading>(nothing);
const asking = new Map<string, { at: number; timer: ReturnType<typeof setTimeout> }>();
const corrections: ((state: ReadStateView) => ReadStateView)[] = [];
let memberId: string | null = null;

export const keyOf = ({ roomId, threadId }: At): string => (threadId === null ? roomId : `${roomId}/${threadId}`);
export const stateOf = (at: At): ReadStateView | null => store.get().states.get(keyOf(at)) ?? null;

/** What is known here before the house knows it (a mark on its way) is put over everything the house says. */
export function correctBy(correct: (state: ReadStateView) => ReadStateView): void {
  corrections.push(correct);
}

/** Puts a state on the screen as it is. */
export function put(state: ReadStateView): void {
  store.set({ ...store.get(), states: new Map(store.get().states).set(keyOf(state), state) });
}

/** Takes what the house says of one timeline; what is older than what is known is left aside. */
export function take(told: ReadStateView): void {
  const known = stateOf(told);
  if (known !== null && told.version < known.version) return;
  const lastSeq = Math.max(told.lastSeq, known?.lastSeq ?? 0);
  put(corrections.reduce((state, correct) => correct(state), { ...told, lastSeq }));
  if (lastSeq > told.lastSeq && told.unread === 0) askSoon(told, askWithinMs);
  if (told.threadId !== null && told.unread > 0 && !store.get().roots.has(keyOf(told))) void askAll();
}

function forget(at: At): void {
  const states = new Map(store.get().states);
  if (states.delete(keyOf(at))) store.set({ ...store.get(), states });
}

/** Asks how one timeline stands, at some moment within a span; who asks again before that is answered by the same question. */
export function askSoon(place: At, withinMs: number): void {
  const key = keyOf(place);
  const { roomId, threadId } = place;
  const at = performance.now() + Math.random() * withinMs;
  const before = asking.get(key);
  if (before !== undefined && before.at <= at) return;
  clearTimeout(before?.timer);
  const ask = (): void => {
    asking.delete(key);
    void askNow({ roomId, threadId });
  };
  asking.set(key, { at, timer: setTimeout(ask, at - performance.now()) });
}

async function askNow(at: At): Promise<void> {
  const asker = memberId;
  const known = stateOf(at);
  // Read in the meantime: there is nothing to count.
  if (known !== null && known.unread === 0 && known.readSeq >= known.lastSeq && at.threadId === null) return;
  try {
    const state = await call(reading.show, at);
    if (memberId === asker) take(state);
  } catch (error) {
    // What may not be read any more is not shown; what could not be asked is asked at the next connection.
    if (isFailure(error, 'room.not_found') || isFailure(error, 'message.not_found')) forget(at);
  }
}

let isAsking = false;
let askAgain = false;

/** Asks for everything; whoever asks while it is on its way makes it ask once more. */
export async function askAll(): Promise<void> {
  if (isAsking) {
    askAgain = true;
    return;
  }
  isAsking = true;
  const asker = memberId;
  try {
    do {
      askAgain = false;
      const all = await call(reading.list, {});
      if (memberId === asker) takeAll(all);
    } while (askAgain);
  } catch {
    // The next connection asks again.
  } finally {
    isAsking = false;
  }
}

function takeAll({ rooms: ofRooms, threads }: z.output<(typeof reading.list)['output']>): void {
  const before = store.get().states;
  const listed = [...ofRooms, ...threads.map(({ root: _root, ...state }) => state)];
  // Threads that are open stay known, though the house lists only those with something unread.
  const unlisted = [...before].filter(([key, state]) => state.threadId !== null && !listed.some((one) => keyOf(one) === key));
  const states = new Map(unlisted.map(([key, state]) => [key, { ...state, unread: 0, mentions: 0 }]));
  for (const state of listed) {
    const known = before.get(keyOf(state));
    const newest = known !== undefined && known.version > state.version ? known : state;
    states.set(keyOf(state), corrections.reduce((next, correct) => correct(next), newest));
  }
  store.set({ isKnown: true, states, roots: new Map(threads.map(({ root, ...state }) => [keyOf(state), root])) });
}

/** A room's bell: something was said there, or is said no more. */
function hearBell({ roomId, lastSeq, calls }: { roomId: string; lastSeq: number; calls: boolean }): void {
  const at = { roomId, threadId: null };
  const known = stateOf(at);
  if (known === null) {
    askSoon(at, askWithinMs);
    return;
  }
  const more = Math.max(0, lastSeq - known.lastSeq);
  // A count that is there already is only counted on; the house is asked where there may be a first one.
  const unread = known.unread > 0 ? Math.min(limits.unreadMax, known.unread + more) : 0;
  if (more > 0) put({ ...known, lastSeq: Math.max(lastSeq, known.lastSeq), unread });
  if ((calls || known.unread === 0) && lastSeq > known.readSeq) askSoon(at, askWithinMs);
}

function followSession(): void {
  const next = session.get().me?.id ?? null;
  if (next === memberId) return;
  memberId = next;
  for (const { timer } of asking.values()) clearTimeout(timer);
  asking.clear();
  store.set(nothing);
}

/** Begins to listen. Called once, by the root of the page; the answer ends it. */
export function openReading(): () => void {
  followSession();
  const again = (): void => void askAll();
  const stops = [
    session.subscribe(followSession),
    on(reading.changed, take),
    on(reading.rang, hearBell),
    on(reading.called, (at) => askSoon(at, askCalledMs)),
    on(rights.changed, again),
    on(rooms.changed, again),
    on(community.resync, again),
    onConnected(again),
  ];
  return () => stops.forEach((stop) => stop());
}
