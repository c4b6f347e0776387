/** Two nodes, one Redis, one store: what is acknowledged reaches everybody once, in order, through a node's death and Redis's absence. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageView } from '../../shared/contracts/messages.js';
import { openCrowd, type Crowd } from '../bench/load/crowd.js';
import { openRoad } from '../support/road.js';
import { startRedis, startServer, startStore, type Running } from '../support/processes.js';
import { openRoomReader, type RoomReader } from '../support/roomReader.js';

const jwtSecret = randomUUID() + randomUUID();
const sandboxlessStripe = { STRIPE_SECRET_KEY: `sk_test_${randomUUID().replaceAll('-', '')}`, STRIPE_WEBHOOK_SECRET: `whsec_${randomUUID().replaceAll('-', '')}` };

let folder: string;
let running: Running[];
let crowd: Crowd;
let redis: Awaited<ReturnType<typeof startRedis>>;
let nodes: Awaited<ReturnType<typeof startServer>>[];
let readers: RoomReader[];
let nodeEnvironment: Record<string, string>;

beforeEach(async () => {
  [running, nodes, readers] = [[], [], []];
  folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-cluster-'));
  redis = await startRedis();
  const store = await startStore(path.join(folder, 'store'));
  nodeEnvironment = { MONGODB_URI: store.uri, REDIS_URL: redis.url, DATA_DIR: folder, JWT_SECRET: jwtSecret, LOG_LEVEL: 'warn', DRAIN_SECONDS: '3', ...sandboxlessStripe };
  nodes = await Promise.all([startServer(nodeEnvironment), startServer(nodeEnvironment)]);
  running = [store, ...nodes];
  crowd = await openCrowd(store.uri, jwtSecret, 6);
  readers = await Promise.all(crowd.tokens.map((token, index) => openRoomReader(nodes[index % 2]?.url ?? '', token, crowd.roomId)));
});

afterEach(async () => {
  for (const reader of readers) reader.close();
  await crowd?.close();
  await Promise.all(nodes.map((node) => node.stop()));
  await Promise.all(running.filter((one) => !nodes.includes(one as (typeof nodes)[number])).map((one) => one.stop()));
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Every reader sends its share, one after the other as a person does; answers what was acknowledged. */
async function everybodySends(total: number, onSent: (count: number) => void = () => {}): Promise<MessageView[]> {
  let sent = 0;
  const shares = readers.map(async (reader, index) => {
    const own: MessageView[] = [];
    for (let count = index; count < total; count += readers.length) {
      own.push(await reader.send(`Message ${count}`));
      onSent((sent += 1));
    }
    return own;
  });
  return (await Promise.all(shares)).flat();
}

async function expectEverybodyHas(acknowledged: readonly MessageView[]): Promise<void> {
  const bySeq = acknowledged.toSorted((one, other) => one.seq - other.seq);
  expect(bySeq.map((message) => message.seq)).toEqual(bySeq.map((_message, index) => index + 1));
  await Promise.all(readers.map((reader) => reader.caughtUpTo(bySeq.length)));
  for (const reader of readers) expect(reader.messages()).toEqual(bySeq);
}

/** Ends the first node as a deploy does. Whoever comes in by a door that asks `/readyz` goes on talking at the second. */
async function drainFirst(): Promise<void> {
  const [first, second] = nodes;
  if (!first || !second) throw new Error('there are two nodes');
  const portOf = ({ url }: typeof first): number => Number(new URL(url).port);
  const door = await openRoad();
  door.leadTo(portOf(first));
  const talker = await openRoomReader(`http://127.0.0.1:${door.port}`, crowd.tokens[0] ?? '', crowd.roomId);
  process.kill(first.pid, 'SIGTERM');
  await expect.poll(async () => (await fetch(`${first.url}/readyz`)).status, { timeout: 8_000 }).toBe(503);
  // It leaves, and still serves.
  await talker.send('From the node that leaves');
  door.leadTo(portOf(second));
  expect(await first.ended).toBe(0);
  const { seq } = await talker.send('From the node that stays');
  await Promise.all([talker, ...readers.filter((_reader, index) => index % 2 === 1)].map((reader) => reader.caughtUpTo(seq)));
  talker.close();
  await door.close();
}

describe('two nodes', () => {
  it('deliver all acknowledged messages once and in order, though one is killed and started again half-way, and one drained for a deploy', { timeout: 120_000 }, async () => {
    const restarts: Promise<void>[] = [];
    const restartSecond = async (): Promise<void> => {
      const [, second] = nodes;
      if (!second) throw new Error('there is no second node');
      await second.kill();
      nodes[1] = await startServer({ ...nodeEnvironment, PORT: new URL(second.url).port });
    };
    const acknowledged = await everybodySends(500, (count) => {
      if (count === 250) restarts.push(restartSecond());
    });
    await Promise.all(restarts);
    expect(acknowledged).toHaveLength(500);
    await expectEverybodyHas(acknowledged);
    await drainFirst();
  });

  it('lose no stored message while Redis is away, and catch up by themselves when it is back', { timeout: 120_000 }, async () => {
    const before = await everybodySends(30);
    await expectEverybodyHas(before);
    await redis.kill();
    const meanwhile = await everybodySends(60);
    redis = await startRedis(redis.port);
    // Nobody says anything more: each node itself must notice that it may have missed something.
    await expectEverybodyHas([...before, ...meanwhile]);
  });
});
