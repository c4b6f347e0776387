/**
 * Rate limits, shared by all nodes where there is a Redis; each node counts for itself while Redis is away.
 *
 * A node takes a generous allowance from Redis in blocks and spends them by itself, so that not each call waits for Redis.
 * What it took and did not spend is gone with the window: whoever is busy on several nodes at once may be refused a block
 * early for each of them, and nobody late.
 */
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Limit } from '../../shared/define.js';
import { AppError } from '../../shared/failures.js';

export interface Limits {
  /**
   * Spends one point of `who`'s allowance for `what`.
   *
   * @throws limits.too_many - none is left; `retryAt` says when there will be.
   */
  spend(what: string, who: string, limit: Limit): Promise<void>;
}

/** @param redis - a link that fails at once while Redis is away; null for a node that is alone. */
export function createLimits(redis: Redis | null): Limits {
  const allowances = new Map<string, Allowance>();

  const allowanceOf = (what: string, { points, seconds }: Limit): Allowance => {
    const known = allowances.get(what);
    if (known) return known;
    const memory = new RateLimiterMemory({ keyPrefix: what, points, duration: seconds });
    const allowance = redis
      ? inBlocks(new RateLimiterRedis({ storeClient: redis, keyPrefix: `limit:${what}`, points, duration: seconds, insuranceLimiter: memory }), Math.max(1, Math.floor(points / blocksOfOne)))
      : oneByOne(memory);
    allowances.set(what, allowance);
    return allowance;
  };

  return {
    async spend(what, who, limit) {
      const waitMs = await allowanceOf(what, limit).spend(who);
      if (waitMs > 0) throw new AppError('limits.too_many', { retryAt: new Date(Date.now() + waitMs).toISOString() });
    },
  };
}

/** Everybody's allowance for one thing. */
interface Allowance {
  /** Spends a point. Answers how long (ms) there will be none, 0 where it was spent. */
  spend(who: string): Promise<number>;
}

/** Into so many blocks an allowance is cut; one of fewer points is spent point by point. */
const blocksOfOne = 20;
/** So many members' blocks are looked through for such as are over, each time there are twice as many as at the last look. */
const lookFrom = 1_000;

/** How the limiters answer, whether they grant or refuse. */
async function consume(limiter: RateLimiterAbstract, who: string, points: number): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(who, points);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return refused;
    throw refused;
  }
}

function oneByOne(limiter: RateLimiterAbstract): Allowance {
  return {
    async spend(who) {
      const { consumedPoints, msBeforeNext } = await consume(limiter, who, 1);
      return consumedPoints <= limiter.points ? 0 : msBeforeNext;
    },
  };
}

/** What a node has taken of somebody's allowance and not spent. */
interface Block {
  left: number;
  /** When its window is over (ms, this node's steady clock). */
  endsAt: number;
}

function inBlocks(limiter: RateLimiterAbstract, size: number): Allowance {
  if (size === 1) return oneByOne(limiter);
  const blocks = new Map<string, Block>();
  let lookAt = lookFrom;
  const dropEnded = (now: number): void => {
    if (blocks.size < lookAt) return;
    for (const [who, { endsAt }] of blocks) if (endsAt <= now) blocks.delete(who);
    lookAt = Math.max(lookFrom, 2 * blocks.size);
  };
  return {
    async spend(who) {
      const known = blocks.get(who);
      if (known !== undefined && known.left > 0 && known.endsAt > performance.now()) {
        known.left -= 1;
        return 0;
      }
      const { consumedPoints, msBeforeNext } = await consume(limiter, who, size);
      // The last block may be a part of one.
      const granted = size - Math.max(0, consumedPoints - limiter.points);
      if (granted <= 0) return msBeforeNext;
      const now = performance.now();
      dropEnded(now);
      // Calls that came meanwhile took blocks of their own.
      const before = blocks.get(who);
      const left = before !== undefined && before.endsAt > now ? before.left : 0;
      blocks.set(who, { left: left + granted - 1, endsAt: now + msBeforeNext });
      return 0;
    },
  };
}
