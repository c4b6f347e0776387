/** How much waits to be told to the server, over all queues: what the connection pill says of it. */
import { useSyncExternalStore } from 'react';
import { createStore } from '../store.js';

/** As what the things of a queue are counted: messages to be sent, or changes to be made. */
export type WaitingUnit = 'messages' | 'changes';
export type WaitingCounts = Readonly<Record<WaitingUnit, number>>;

const counts = createStore<WaitingCounts>({ messages: 0, changes: 0 });
const byQueue = new Map<string, { unit: WaitingUnit; count: number }>();

/** Takes how much waits in one queue now. */
export function tellCount(queue: string, unit: WaitingUnit, count: number): void {
  byQueue.set(queue, { unit, count });
  const total = { messages: 0, changes: 0 };
  for (const one of byQueue.values()) total[one.unit] += one.count;
  const now = counts.get();
  if (total.messages !== now.messages || total.changes !== now.changes) counts.set(total);
}

/** How much is on its way; renders again when that changes. */
export function useWaitingCounts(): WaitingCounts {
  return useSyncExternalStore(counts.subscribe, counts.get);
}
