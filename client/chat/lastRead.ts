/** Up to which `seq` each room was read in this browser, per member: what is new is told from this. */
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { session } from '../api/session.js';
import { createStore } from '../api/store.js';

const Kept = z.record(z.string(), z.number());
type LastRead = Readonly<Record<string, number>>;

const storageKey = (memberId: string): string => `guildhall.lastRead.${memberId}`;
const store = createStore<LastRead>({});
let memberId: string | null = null;

function read(member: string): LastRead {
  try {
    return Kept.parse(JSON.parse(localStorage.getItem(storageKey(member)) ?? '{}'));
  } catch {
    return {};
  }
}

function followSession(): void {
  const next = session.get().me?.id ?? null;
  if (next === memberId) return;
  memberId = next;
  store.set(next === null ? {} : read(next));
}

session.subscribe(followSession);
followSession();
addEventListener('storage', (event) => {
  if (memberId !== null && event.key === storageKey(memberId)) store.set(read(memberId));
});

/** Remembers that a room was read up to `seq`; it never goes back. */
export function markRead(roomId: string, seq: number): void {
  if (memberId === null || (store.get()[roomId] ?? -1) >= seq) return;
  store.set({ ...store.get(), [roomId]: seq });
  localStorage.setItem(storageKey(memberId), JSON.stringify(store.get()));
}

/** The last `seq` read in a room; null where it was never opened in this browser. */
export function lastReadOf(roomId: string): number | null {
  return store.get()[roomId] ?? null;
}

/** The last `seq` read in each room; renders again when that changes. */
export function useLastRead(): LastRead {
  return useSyncExternalStore(store.subscribe, store.get);
}
