/** Allowances over two nodes on one Redis. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AppError } from '../../../shared/failures.js';
import { createLimits, type Limits } from '../../../server/platform/limits.js';
import { createLogger } from '../../../server/platform/logger.js';
import { connectRedis, type RedisLinks } from '../../../server/platform/redis.js';
import { startRedis } from '../../support/processes.js';

let redis: Awaited<ReturnType<typeof startRedis>>;
let links: RedisLinks[];
let nodes: [Limits, Limits];

beforeAll(async () => {
  redis = await startRedis();
  links = [redis, redis].map(({ url }) => connectRedis(url, createLogger('silent')));
  for (const { ask } of links) if (ask.status !== 'ready') await new Promise((resolve) => ask.once('ready', resolve));
  const [one, other] = links.map(({ ask }) => createLimits(ask));
  if (!one || !other) throw new Error('two nodes are needed');
  nodes = [one, other];
});

afterAll(async () => {
  for (const link of links) await link.close();
  await redis.stop();
});

/** Long enough that no window ends while a test looks at it. */
const seconds = 600;

/** Asks so often, on the nodes in turn, and answers how often it was granted. */
async function grantedOf(asked: number, points: number, on: readonly Limits[], who: string = randomUUID()): Promise<number> {
  let granted = 0;
  for (let count = 0; count < asked; count += 1) {
    try {
      await on[count % on.length]?.spend(`thing ${points}`, who, { points, seconds });
      granted += 1;
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      expect((error as AppError).failure).toMatchObject({ code: 'limits.too_many', data: { retryAt: expect.stringMatching(/Z$/) } });
    }
  }
  return granted;
}

it.each([[5], [30], [60], [65]])('of %i points one node grants each', async (points) => {
  expect(await grantedOf(points + 20, points, [nodes[0]])).toBe(points);
});

it('a small allowance is exact over both', async () => {
  expect(await grantedOf(50, 30, nodes)).toBe(30);
});

it('of a large one neither node grants what the other has, and no more than a block is lost on each', async () => {
  const who = randomUUID();
  const granted = await grantedOf(100, 60, nodes, who);
  expect(granted).toBeLessThanOrEqual(60);
  expect(granted).toBeGreaterThan(60 - 3);
  const unspent = randomUUID();
  expect(await grantedOf(1, 60, [nodes[0]], unspent)).toBe(1);
  expect(await grantedOf(100, 60, [nodes[1]], unspent)).toBe(57);
  // What the first node took is still there, for whoever asks it.
  expect(await grantedOf(10, 60, [nodes[0]], unspent)).toBe(2);
});

it('calls that come at once spend what there is, and not a point more', async () => {
  const who = randomUUID();
  const answers = await Promise.allSettled(Array.from({ length: 100 }, (_none, index) => nodes[index % 2 === 0 ? 0 : 1].spend('at once', who, { points: 60, seconds })));
  const granted = answers.filter(({ status }) => status === 'fulfilled').length;
  expect(granted).toBeLessThanOrEqual(60);
  expect(granted).toBeGreaterThan(0);
});

it('everybody has an allowance of their own', async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  expect(await grantedOf(70, 60, [nodes[0]], one)).toBe(60);
  expect(await grantedOf(60, 60, [nodes[0]], other)).toBe(60);
});
