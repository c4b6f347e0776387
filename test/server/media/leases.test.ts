/** Leases of stages: one suite over a node's own memory and a real Redis, and what only several nodes can show. */
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisStageLeases } from '../../../server/media/redisStageLeases.js';
import { memoryStageLeases, type StageLeases } from '../../../server/media/stageLeases.js';
import { startRedis } from '../../support/processes.js';

let server: Awaited<ReturnType<typeof startRedis>>;
let redis: Redis;

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url, { maxRetriesPerRequest: 1 });
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

const kinds: [string, () => StageLeases][] = [
  ['memory', () => memoryStageLeases()],
  ['Redis', () => redisStageLeases(redis)],
];

describe.each(kinds)('leases in %s', (_kind, open) => {
  it('rise in epoch each time they are taken, and end when given back', async () => {
    const [leases, workshopId] = [open(), randomUUID()];
    expect(await leases.find(workshopId)).toBeNull();
    const first = await leases.take(workshopId, 'one', null);
    expect(first).toMatchObject({ nodeId: 'one', wasLost: false });
    expect(await leases.find(workshopId)).toEqual({ nodeId: 'one', epoch: first.epoch });

    const second = await leases.take(workshopId, 'one', null);
    expect(second.epoch).toBeGreaterThan(first.epoch);
    await leases.release(workshopId, first);
    expect(await leases.find(workshopId)).toEqual({ nodeId: 'one', epoch: second.epoch });
    await leases.release(workshopId, second);
    expect(await leases.find(workshopId)).toBeNull();
    expect((await leases.take(workshopId, 'one', null)).epoch).toBeGreaterThan(second.epoch);
  });

  it('begin no lower than the clock, so that a restart does not repeat an epoch', async () => {
    const before = Math.floor(Date.now() / 1_000);
    expect((await open().take(randomUUID(), 'one', null)).epoch).toBeGreaterThanOrEqual(before);
  });

  it('stay when renewed', async () => {
    const [leases, workshopId] = [open(), randomUUID()];
    const { nodeId, epoch } = await leases.take(workshopId, 'one', null);
    expect(await leases.renew(workshopId, { nodeId, epoch })).toEqual({ nodeId, epoch });
  });
});

describe('leases of several nodes', () => {
  it('are one node\'s until it gives them back, or does not answer', async () => {
    const [leases, workshopId] = [redisStageLeases(redis), randomUUID()];
    const held = await leases.take(workshopId, 'one', null);
    expect(await leases.take(workshopId, 'other', null)).toMatchObject({ nodeId: 'one', epoch: held.epoch });
    expect(await leases.take(workshopId, 'other', { nodeId: 'one', epoch: held.epoch - 1 })).toMatchObject({ nodeId: 'one', epoch: held.epoch });

    const taken = await leases.take(workshopId, 'other', held);
    expect(taken).toMatchObject({ nodeId: 'other', wasLost: true });
    expect(taken.epoch).toBeGreaterThan(held.epoch);
    expect(await leases.renew(workshopId, held)).toEqual({ nodeId: 'other', epoch: taken.epoch });
    await leases.release(workshopId, held);
    expect(await leases.find(workshopId)).toEqual({ nodeId: 'other', epoch: taken.epoch });

    await leases.release(workshopId, taken);
    expect(await leases.take(workshopId, 'one', null)).toMatchObject({ nodeId: 'one', wasLost: false });
  });

  it('are won by one of those who reach for them at once', async () => {
    const [leases, workshopId] = [redisStageLeases(redis), randomUUID()];
    const taken = await Promise.all(['a', 'b', 'c', 'd'].map((nodeId) => leases.take(workshopId, nodeId, null)));
    expect(new Set(taken.map((lease) => `${lease.nodeId} ${lease.epoch}`)).size).toBe(1);
  });

  it('run out, and are taken by the next; but stay with a holder that comes first', async () => {
    const [leases, workshopId] = [redisStageLeases(redis, 1), randomUUID()];
    const held = await leases.take(workshopId, 'one', null);
    while (await leases.find(workshopId)) await redis.ping();
    expect(await leases.renew(workshopId, held)).toEqual({ nodeId: 'one', epoch: held.epoch });
    while (await leases.find(workshopId)) await redis.ping();
    const taken = await leases.take(workshopId, 'other', null);
    expect(taken).toMatchObject({ nodeId: 'other', wasLost: true });
    expect(await redisStageLeases(redis).renew(workshopId, held)).not.toMatchObject({ nodeId: 'one' });
  });

  it('survive a Redis that has forgotten everything', async () => {
    const [leases, workshopId] = [redisStageLeases(redis), randomUUID()];
    const held = await leases.take(workshopId, 'one', null);
    await redis.flushall();
    expect(await leases.renew(workshopId, held)).toEqual({ nodeId: 'one', epoch: held.epoch });
    await redis.flushall();
    expect((await leases.take(workshopId, 'other', null)).epoch).toBeGreaterThanOrEqual(held.epoch);
  });

  it('say server.busy when Redis is away', async () => {
    const away = new Redis('redis://127.0.0.1:1', { maxRetriesPerRequest: 0, enableOfflineQueue: false, retryStrategy: () => null });
    away.on('error', () => {});
    await expect(redisStageLeases(away).find('any')).rejects.toMatchObject({ code: 'server.busy' });
    away.disconnect();
  });
});
