/** How much waits to be told to the server, over all queues: what the connection pill says of it. */
import { useSyncExternalStore } from 'react';
import { createStore } from '../store.js';

/** As what the things of a queue are counted: messages to be sent, or changes to be made. */
export type WaitingUnit = 'messages' | 'changes';
/** `isLasting`: closing the page loses none of it. */
export type WaitingCounts = Readonly<Record<WaitingUnit, number> & { isLasting: boolean }>;

const counts = createStore<WaitingCounts>({ messages: 0, changes: 0, isLasting: true });
const byQueue = new Map<string, { unit: WaitingUnit; count: number; isLasting: boolean }>();

/** Takes how much waits in one queue now, and whether all of it outlives the page. */
export function tellCount(queue: string, unit: WaitingUnit, count: number, isLasting: boolean): void {
  byQueue.set(queue, { unit, count, isLasting });
  const total = { messages: 0, changes: 0, isLasting: [...byQueue.values()].every((one) => one.isLasting) };
  for (const one of byQueue.values()) total[one.unit] += one.count;
  const now = counts.get();
  if (total.messages !== now.messages || total.changes !== now.changes || total.isLasting !== now.isLasting) counts.set(total);
}

/** How much is on its way; renders again when that changes. */
export function useWaitingCounts(): WaitingCounts {
  return useSyncExternalStore(counts.subscribe, counts.get);
}
