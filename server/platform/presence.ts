/**
 * Who is in a place, over all nodes, and when each was last heard. An entry lives by a lease that its node renews, so a
 * crash ends it by itself; being in a place is not being heard.
 */
import type { Redis } from 'ioredis';
import type { Logger } from './logger.js';

export interface Presence {
  /** A connection of the member's came to the place. Never fails: without Redis this node's own people are still known. */
  enter(place: string, memberId: string, connectionId: string): Promise<void>;
  /** The connection left it. Harmless when it was not there. */
  leave(place: string, memberId: string, connectionId: string): Promise<void>;
  /** The members there now, each once, at most `max` of them, and how many there are in all. */
  list(place: string, max: number): Promise<{ count: number; memberIds: string[] }>;
  /** The places where this node has the member. */
  placesOf(memberId: string): string[];
  /** The member did something, at this time (ms). An earlier time than is known changes nothing. */
  hear(memberId: string, at: number): Promise<void>;
  /** When they were last heard (ms), each of whom that is known. */
  heardAt(memberIds: readonly string[]): Promise<Map<string, number>>;
  /** Stops renewing and takes this node's entries out. */
  close(): Promise<void>;
}

const leaseMs = 45_000;
const renewEveryMs = 15_000;
/** Whoever was not heard for so long is forgotten: by then everybody shows them as away. */
const forgetAfterMs = 3_600_000;
const heardKey = 'presence:heard';

const keyOf = (place: string): string => `presence:${place}`;
const entryOf = (memberId: string, connectionId: string): string => `${memberId} ${connectionId}`;
const memberOf = (entry: string): string => entry.slice(0, entry.indexOf(' '));

function countMembers(entries: Iterable<string>, max: number): { count: number; memberIds: string[] } {
  const memberIds = new Set<string>();
  for (const entry of entries) memberIds.add(memberOf(entry));
  return { count: memberIds.size, memberIds: [...memberIds].slice(0, max) };
}

type Share = (work: (redis: Redis) => Promise<unknown>) => Promise<void>;

/** @param redis - a link that fails at once while Redis is away; null for a node that is alone. */
export function createPresence(redis: Redis | null, log: Logger): Presence {
  const here = new Map<string, Set<string>>();
  const places = createPlaces();
  const share = shareOver(redis, log);
  const heard = createHeard(redis, share);
  const renew = (place: string, entries: ReadonlySet<string>): Promise<void> =>
    share((link) => link.multi().zadd(keyOf(place), ...[...entries].flatMap((entry) => [Date.now() + leaseMs, entry])).pexpire(keyOf(place), leaseMs * 2).exec());

  const timer = setInterval(() => {
    for (const [place, entries] of here) void renew(place, entries);
    heard.forgetOld();
  }, renewEveryMs).unref();

  return {
    async enter(place, memberId, connectionId) {
      const entries = here.get(place) ?? new Set();
      const entry = entryOf(memberId, connectionId);
      if (!entries.has(entry)) places.count(memberId, place, 1);
      here.set(place, entries.add(entry));
      await renew(place, new Set([entry]));
    },
    async leave(place, memberId, connectionId) {
      const entry = entryOf(memberId, connectionId);
      const entries = here.get(place);
      if (entries?.delete(entry)) places.count(memberId, place, -1);
      if (entries?.size === 0) here.delete(place);
      await share((link) => link.zrem(keyOf(place), entry));
    },
    async list(place, max) {
      const shared = await redis?.zrangebyscore(keyOf(place), Date.now(), '+inf').catch(() => []);
      return countMembers(new Set([...(here.get(place) ?? []), ...(shared ?? [])]), max);
    },
    placesOf: places.of,
    hear: heard.hear,
    heardAt: heard.at,
    async close() {
      clearInterval(timer);
      await Promise.all([...here].map(([place, entries]) => share((link) => link.zrem(keyOf(place), ...entries))));
      here.clear();
    },
  };
}

/** Writes for all nodes to read; while Redis is away, or there is none, for nobody. */
function shareOver(redis: Redis | null, log: Logger): Share {
  return async (work) => {
    if (redis) await work(redis).catch((error: unknown) => log.debug({ err: error }, 'presence is not shared now'));
  };
}

/** How many connections this node has of each member in each place. */
function createPlaces() {
  const counts = new Map<string, Map<string, number>>();
  return {
    of: (memberId: string): string[] => [...(counts.get(memberId)?.keys() ?? [])],
    count(memberId: string, place: string, change: 1 | -1): void {
      const places = counts.get(memberId) ?? new Map<string, number>();
      const next = (places.get(place) ?? 0) + change;
      if (next > 0) places.set(place, next);
      else places.delete(place);
      if (places.size > 0) counts.set(memberId, places);
      else counts.delete(memberId);
    },
  };
}

/** When members were last heard: what this node knows, and what all nodes do. */
function createHeard(redis: Redis | null, share: Share) {
  const heard = new Map<string, number>();
  return {
    async hear(memberId: string, at: number): Promise<void> {
      if ((heard.get(memberId) ?? 0) >= at) return;
      heard.set(memberId, at);
      await share((link) => link.zadd(heardKey, 'GT', at, memberId));
    },
    async at(memberIds: readonly string[]): Promise<Map<string, number>> {
      const shared = redis && memberIds.length > 0 ? await redis.zmscore(heardKey, ...memberIds).catch(() => []) : [];
      const times = memberIds.map((memberId, place): [string, number] => [memberId, Math.max(heard.get(memberId) ?? 0, Number(shared[place] ?? 0))]);
      return new Map(times.filter(([, at]) => at > 0));
    },
    forgetOld(): void {
      const old = Date.now() - forgetAfterMs;
      for (const [memberId, at] of heard) if (at < old) heard.delete(memberId);
      void share((link) => link.zremrangebyscore(heardKey, '-inf', old));
    },
  };
}
