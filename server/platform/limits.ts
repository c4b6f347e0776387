/** Rate limits, shared by all nodes where there is a Redis; each node counts for itself while Redis is away. */
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
  const limiters = new Map<string, RateLimiterAbstract>();

  const limiterFor = (what: string, limit: Limit): RateLimiterAbstract => {
    const known = limiters.get(what);
    if (known) return known;
    const memory = new RateLimiterMemory({ keyPrefix: what, points: limit.points, duration: limit.seconds });
    const limiter = redis
      ? new RateLimiterRedis({ storeClient: redis, keyPrefix: `limit:${what}`, points: limit.points, duration: limit.seconds, insuranceLimiter: memory })
      : memory;
    limiters.set(what, limiter);
    return limiter;
  };

  return {
    async spend(what, who, limit) {
      try {
        await limiterFor(what, limit).consume(who);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw new AppError('limits.too_many', { retryAt: new Date(Date.now() + refused.msBeforeNext).toISOString() });
      }
    },
  };
}
