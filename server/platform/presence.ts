/** Who is in a place, over all nodes. An entry lives by a lease that its node renews, so a crash ends it by itself. */
import type { Redis } from 'ioredis';
import type { Logger } from './logger.js';

export interface Presence {
  /** A connection of the member's came to the place. Never fails: without Redis this node's own people are still known. */
  enter(place: string, memberId: string, connectionId: string): Promise<void>;
  /** The connection left it. Harmless when it was not there. */
  leave(place: string, memberId: string, connectionId: string): Promise<void>;
  /** The members there now, each once, at most `max` of them, and how many there are in all. */
  list(place: string, max: number): Promise<{ count: number; memberIds: string[] }>;
  /** Stops renewing and takes this node's entries out. */
  close(): Promise<void>;
}

const leaseMs = 45_000;
const renewEveryMs = 15_000;

const keyOf = (place: string): string => `presence:${place}`;
const entryOf = (memberId: string, connectionId: string): string => `${memberId} ${connectionId}`;
const memberOf = (entry: string): string => entry.slice(0, entry.indexOf(' '));

function countMembers(entries: Iterable<string>, max: number): { count: number; memberIds: string[] } {
  const memberIds = new Set<string>();
  for (const entry of entries) memberIds.add(memberOf(entry));
  return { count: memberIds.size, memberIds: [...memberIds].slice(0, max) };
}

/** @param redis - a link that fails at once while Redis is away; null for a node that is alone. */
export function createPresence(redis: Redis | null, log: Logger): Presence {
  const here = new Map<string, Set<string>>();

  const share = async (work: (redis: Redis) => Promise<unknown>): Promise<void> => {
    if (!redis) return;
    await work(redis).catch((error: unknown) => log.debug({ err: error }, 'presence is not shared now'));
  };
  const renew = (place: string, entries: ReadonlySet<string>): Promise<void> =>
    share((link) => link.multi().zadd(keyOf(place), ...[...entries].flatMap((entry) => [Date.now() + leaseMs, entry])).pexpire(keyOf(place), leaseMs * 2).exec());

  const timer = setInterval(() => {
    for (const [place, entries] of here) void renew(place, entries);
  }, renewEveryMs);
  timer.unref();

  return {
    async enter(place, memberId, connectionId) {
      const entries = here.get(place) ?? new Set();
      here.set(place, entries.add(entryOf(memberId, connectionId)));
      await renew(place, new Set([entryOf(memberId, connectionId)]));
    },
    async leave(place, memberId, connectionId) {
      const entry = entryOf(memberId, connectionId);
      const entries = here.get(place);
      entries?.delete(entry);
      if (entries?.size === 0) here.delete(place);
      await share((link) => link.zrem(keyOf(place), entry));
    },
    async list(place, max) {
      const own = here.get(place) ?? [];
      const shared = await redis?.zrangebyscore(keyOf(place), Date.now(), '+inf').catch(() => []);
      return countMembers(new Set([...own, ...(shared ?? [])]), max);
    },
    async close() {
      clearInterval(timer);
      await Promise.all([...here].map(([place, entries]) => share((link) => link.zrem(keyOf(place), ...entries))));
      here.clear();
    },
  };
}
