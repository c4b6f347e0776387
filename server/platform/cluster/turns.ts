/** Turns: of what each may do once in a span. Shared by all nodes where there is a Redis; each node keeps its own while Redis is away. */
import type { Redis } from 'ioredis';
import type { Logger } from '../logger.js';

export interface Turns {
  /**
   * Takes `who`'s turn at `place` for `what`, in one step over all nodes: of two taken at the same time one is refused.
   * Taken again for the same thing it is theirs still, so a retry costs nothing.
   *
   * @returns null, or when there is a turn again.
   */
  take(place: string, who: string, what: string, seconds: number): Promise<Date | null>;
  /** The turn was not used after all: it is there again at once. Harmless where it was taken for something else. */
  giveBack(place: string, who: string, what: string): Promise<void>;
}

const takeScript = `
local holder = redis.call('GET', KEYS[1])
if holder == ARGV[1] then return 0 end
if holder then return redis.call('PTTL', KEYS[1]) end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 0`;
const giveBackScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** @param redis - a link that fails at once while Redis is away; null for a node that is alone. */
export function createTurns(redis: Redis | null, log: Logger): Turns {
  const own = createOwnTurns();
  if (!redis) return own;
  const shared = async <T>(ask: () => Promise<T>, alone: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      log.debug({ err: error }, 'turns are not shared now');
      return alone();
    }
  };
  return {
    take: (place, who, what, seconds) =>
      shared(
        async () => {
          const waitMs = Number(await redis.eval(takeScript, 1, keyOf(place, who), what, seconds * 1000));
          return waitMs > 0 ? new Date(Date.now() + waitMs) : null;
        },
        () => own.take(place, who, what, seconds),
      ),
    giveBack: (place, who, what) =>
      shared(
        async () => void (await redis.eval(giveBackScript, 1, keyOf(place, who), what)),
        () => own.giveBack(place, who, what),
      ),
  };
}

const keyOf = (place: string, who: string): string => `turn:${place} ${who}`;

function createOwnTurns(): Turns {
  const taken = new Map<string, { what: string; until: number; timer: NodeJS.Timeout }>();
  const drop = (key: string): void => {
    clearTimeout(taken.get(key)?.timer);
    taken.delete(key);
  };
  return {
    take(place, who, what, seconds) {
      const key = keyOf(place, who);
      const held = taken.get(key);
      if (held && held.what !== what) return Promise.resolve(new Date(held.until));
      if (!held) {
        const timer = setTimeout(() => drop(key), seconds * 1000);
        timer.unref();
        taken.set(key, { what, until: Date.now() + seconds * 1000, timer });
      }
      return Promise.resolve(null);
    },
    giveBack(place, who, what) {
      const key = keyOf(place, who);
      if (taken.get(key)?.what === what) drop(key);
      return Promise.resolve();
    },
  };
}
