/**
 * What became of the connection in the last hour, for whoever wants to see that nothing was lost. Kept by the tab, over a
 * reload too, and told to nobody.
 */
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { createStore } from './store.js';

const Event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connected') }),
  /** `reason` is Socket.IO's word for it. */
  z.object({ kind: z.literal('lost'), reason: z.string() }),
  /** A try to connect failed; told once for each loss. */
  z.object({ kind: z.literal('unreachable') }),
  /** The page was asleep, put away or out of sight. */
  z.object({ kind: z.literal('woke') }),
  /** A timeline was looked after: so many messages and changes were missing, and are here. */
  z.object({ kind: z.literal('caughtUp'), room: z.string(), upTo: z.number(), messages: z.number(), changes: z.number(), gap: z.boolean() }),
]);
export type ConnectionEvent = z.infer<typeof Event>;
const Entry = z.intersection(Event, z.object({ at: z.number() }));
export type LogEntry = z.infer<typeof Entry>;

const storageKey = 'guildhall.connectionLog';
const spanMs = 3_600_000;
const entriesMax = 500;

function readKept(): readonly LogEntry[] {
  try {
    return fresh(z.array(Entry).parse(JSON.parse(sessionStorage.getItem(storageKey) ?? '[]')));
  } catch {
    return [];
  }
}

function fresh(entries: readonly LogEntry[]): readonly LogEntry[] {
  const since = Date.now() - spanMs;
  return entries.filter(({ at }) => at >= since).slice(-entriesMax);
}

const log = createStore<readonly LogEntry[]>(readKept());

/** Writes down what happened just now. */
export function note(event: ConnectionEvent): void {
  const next = fresh([...log.get(), { ...event, at: Date.now() }]);
  log.set(next);
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(next));
  } catch {
    // A full storage keeps the log of this page only.
  }
}

/** The last hour, oldest first; renders again when something happens. */
export function useConnectionLog(): readonly LogEntry[] {
  return useSyncExternalStore(log.subscribe, log.get);
}
