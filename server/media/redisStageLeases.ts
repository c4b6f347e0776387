/** The leases of stages in Redis, one hash for each workshop, changed by scripts so that each step is one. Redis's own clock judges. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { AppError } from '../../shared/failures.js';
import type { Lease, StageLeases } from './stageLeases.js';

const keyOf = (workshopId: string): string => `stage:${workshopId}`;

const readLease = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local row = redis.call('HMGET', KEYS[1], 'node', 'epoch', 'until')
  local node, epoch = row[1], tonumber(row[2] or 0)
  local stands = node and tonumber(row[3]) > now
`;

/** The row outlives its lease, so that an epoch is not given twice. */
const writeLease = (node: string, epoch: string): string => `
  redis.call('HSET', KEYS[1], 'node', ${node}, 'epoch', ${epoch}, 'until', now + ARGV[1])
  redis.call('EXPIRE', KEYS[1], 604800)
`;

const find = `${readLease} if stands then return {node, epoch} end return false`;

/** ARGV: span, own node, the epoch it may be taken over from (or -1). Never below the clock's seconds, should Redis have forgotten. */
const take = `${readLease}
  if stands and node ~= ARGV[2] and epoch ~= tonumber(ARGV[3]) then return {node, epoch, 0} end
  local fresh = math.max(epoch + 1, tonumber(time[1]))
  ${writeLease('ARGV[2]', 'fresh')}
  if node and node ~= ARGV[2] then return {ARGV[2], fresh, 1} end
  return {ARGV[2], fresh, 0}
`;

/** ARGV: span, own node, own epoch. A lease that ran out while nobody else took it is still this node's. */
const renew = `${readLease}
  if epoch == 0 or (node == ARGV[2] and epoch == tonumber(ARGV[3])) then
    ${writeLease('ARGV[2]', 'ARGV[3]')}
    return {ARGV[2], tonumber(ARGV[3])}
  end
  if stands then return {node, epoch} end
  return false
`;

/** ARGV: own node, own epoch. */
const release = `${readLease}
  if node == ARGV[1] and epoch == tonumber(ARGV[2]) then redis.call('HDEL', KEYS[1], 'node', 'until') end
  return true
`;

/** Node, epoch, and for `take` whether it was lost before. */
const Row = z.tuple([z.string(), z.int()]).rest(z.int());
type Row = z.infer<typeof Row>;

/**
 * @param redis - a link that fails at once while Redis is away.
 * @param leaseMs - long enough for a node to miss a renewal or two, short enough to be waited for.
 */
export function redisStageLeases(redis: Redis, leaseMs = 10_000): StageLeases {
  const run = async (script: string, workshopId: string, ...args: (string | number)[]): Promise<Row | null> => {
    const answer: unknown = await redis.eval(script, 1, keyOf(workshopId), ...args).catch((cause: unknown) => {
      throw Object.assign(new AppError('server.busy'), { cause });
    });
    return Array.isArray(answer) ? Row.parse(answer) : null;
  };
  return {
    leaseMs,
    find: async (workshopId) => asLease(await run(find, workshopId)),
    async take(workshopId, nodeId, over) {
      const row = await run(take, workshopId, leaseMs, nodeId, over?.epoch ?? -1);
      if (!row) throw new AppError('server.busy');
      return { nodeId: row[0], epoch: row[1], wasLost: row[2] === 1 };
    },
    renew: async (workshopId, lease) => asLease(await run(renew, workshopId, leaseMs, lease.nodeId, lease.epoch)),
    release: async (workshopId, lease) => void (await run(release, workshopId, lease.nodeId, lease.epoch)),
  };
}

function asLease(row: Row | null): Lease | null {
  return row && { nodeId: row[0], epoch: row[1] };
}
