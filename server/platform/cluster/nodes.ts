/** Which nodes of the house are open: those to which people and stages may be sent. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Logger } from '../logger.js';

export interface Nodes {
  /** The other nodes that are open now, in no order. Empty on a node that is alone, and where it cannot be told. */
  others(): Promise<string[]>;
  /** Says that this node takes nothing new from now on. Never fails; what is not heard runs out. */
  leave(): Promise<void>;
  /** Leaves, and says no more. Twice is harmless. */
  close(): Promise<void>;
}

const key = 'nodes:open';
/** A node that has not said so for this long is not counted on. Milliseconds. */
const countedMs = 10_000;
const sayEveryMs = 3_000;

/** Redis's own clock judges, so that no two nodes need to agree on theirs. */
const readClock = `local time = redis.call('TIME') local now = time[1] * 1000 + math.floor(time[2] / 1000)`;
/** ARGV: this node, for how long it counts. */
const say = `${readClock} redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1]) redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now) return true`;
const list = `${readClock} return redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')`;

/** @param redis - a link that fails at once while Redis is away; null on a node that is alone. */
export function createNodes(redis: Redis | null, nodeId: string, log: Logger): Nodes {
  if (!redis) return { others: () => Promise.resolve([]), leave: () => Promise.resolve(), close: () => Promise.resolve() };
  const miss = (error: unknown): void => log.debug({ err: error }, 'the list of open nodes could not be reached');
  const sayOpen = (): void => void redis.eval(say, 1, key, nodeId, countedMs).catch(miss);
  const timer = setInterval(sayOpen, sayEveryMs).unref();
  if (redis.status === 'ready') sayOpen();
  else redis.once('ready', sayOpen);
  const leave = async (): Promise<void> => {
    clearInterval(timer);
    redis.off('ready', sayOpen);
    await redis.zrem(key, nodeId).catch(miss);
  };
  return {
    async others() {
      try {
        return z.array(z.string()).parse(await redis.eval(list, 1, key)).filter((each) => each !== nodeId);
      } catch (error) {
        miss(error);
        return [];
      }
    },
    leave,
    close: leave,
  };
}
