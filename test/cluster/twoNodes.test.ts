/** Two nodes, one Redis, one store: what is acknowledged reaches everybody once, in order, through a node's death and Redis's absence; and so does whoever is in a workshop. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Attendance } from '../../server/models/attendance/stay.js';
import { Member } from '../../server/models/member.js';
import { Workshop } from '../../server/models/workshop.js';
import { attendance } from '../../shared/contracts/attendance/attendance.js';
import { members } from '../../shared/contracts/members.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import { workshops } from '../../shared/contracts/workshops.js';
import type { Reply } from '../../shared/failures.js';
import { openCrowd, type Crowd } from '../bench/load/crowd.js';
import { dataOf, workshopForm } from '../server/workshops/aWorkshop.js';
import { askRoute, openSocket } from '../support/guest.js';
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
/** Beside the readers'. */
let sockets: Socket[];

beforeEach(async () => {
  [running, nodes, readers, sockets] = [[], [], [], []];
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
  for (const socket of sockets) socket.disconnect();
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
  await expect.poll(async () => (await fetch(`${first.url}/readyz`)).status).toBe(503);
  // It leaves, and still serves.
  await talker.send('From the node that leaves');
  door.leadTo(portOf(second));
  expect(await first.ended).toBe(0);
  const { seq } = await talker.send('From the node that stays');
  await Promise.all([talker, ...readers.filter((_reader, index) => index % 2 === 1)].map((reader) => reader.caughtUpTo(seq)));
  talker.close();
  await door.close();
}

const minuteMs = 60_000;

/** A workshop that has been live for ten minutes, put into the store directly, and its people: of the crowd the first is its organizer, and all may enter it. */
async function aLiveWorkshop() {
  const authorization = (token: string) => ({ authorization: `Bearer ${token}` });
  const urlOf = (node: number): string => nodes[node]?.url ?? '';
  const ids = await Promise.all(crowd.tokens.map(async (token) => dataOf(await askRoute(urlOf(0), members.me, {}, authorization(token))).id));
  await Member.updateOne({ _id: ids[0] }, { $set: { role: 'organizer' } });
  const { _id } = await Workshop.create({ ...workshopForm([ids[0] ?? '']), roomId: crowd.roomId, state: 'live', liveAt: new Date(Date.now() - 10 * minuteMs) });
  const input = { workshopId: String(_id) };
  return {
    /** The id of one of the crowd, once they are in the workshop through a node. */
    async enter(who: number, node: number): Promise<string> {
      const socket = await openSocket(urlOf(node), crowd.tokens[who] ?? '');
      sockets.push(socket);
      dataOf((await socket.timeout(8_000).emitWithAck(workshops.enter.name, input)) as Reply<unknown>);
      return ids[who] ?? '';
    },
    end: async () => dataOf((await sockets[0]?.timeout(8_000).emitWithAck(workshops.end.name, input)) as Reply<unknown>),
    sheet: async () => dataOf(await askRoute(urlOf(0), attendance.sheet, input, authorization(crowd.tokens[0] ?? ''))),
    /** All that was is so much longer ago; of the stays that are open only those of a dead node are: the living one renews its own. */
    async minutesPass(minutes: number, deadNode: string | null = null): Promise<void> {
      const earlier = (date: Date): Date => new Date(date.getTime() - minutes * minuteMs);
      const { liveAt } = await Workshop.findById(_id).orFail().lean();
      await Workshop.updateOne({ _id }, { $set: { liveAt: earlier(liveAt ?? new Date()) } });
      for (const stay of await Attendance.find({ workshopId: _id }).lean()) {
        await Attendance.updateOne({ _id: stay._id }, { $set: { joinedAt: earlier(stay.joinedAt), ...(stay.nodeId === deadNode ? { lastSeenAt: earlier(stay.lastSeenAt) } : {}) } });
      }
    },
  };
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
    // And they leave in order though it is away.
    await redis.kill();
    expect(await Promise.all(nodes.map((node) => node.stop()))).toEqual([0, 0]);
    for (const node of nodes) expect(node.output()).not.toContain('nobody caught');
  });

  it('end the presence of whoever was on one that is killed at their last sign of life, let it go on through the other, and cut nobody else\'s', async () => {
    const workshop = await aLiveWorkshop();
    const organizer = await workshop.enter(0, 0);
    const stayed = await workshop.enter(2, 0);
    const [late, soon] = [await workshop.enter(1, 1), await workshop.enter(3, 1)];
    await workshop.minutesPass(30);
    const { nodeId } = await Attendance.findOne({ memberId: late }).orFail().lean();
    await nodes[1]?.kill();
    const [lastSign, killedAt] = [(await Attendance.findOne({ memberId: late }).orFail().lean()).lastSeenAt.getTime(), Date.now()];
    // One is back by the other node at once, and one only after the lease has run out.
    await workshop.enter(3, 0);
    await workshop.minutesPass(5, nodeId);
    await workshop.enter(1, 0);
    const backAt = Date.now();
    await workshop.end();
    await expect.poll(async () => (await workshop.sheet()).isFinal).toBe(true);

    const { rows } = await workshop.sheet();
    const of = (id: string) => rows.find(({ person }) => person.id === id);
    const spans = (id: string) => of(id)?.intervals.map(({ joinedAt, leftAt }) => [Date.parse(joinedAt), Date.parse(leftAt ?? '')] as const) ?? [];
    expect(lastSign).toBeLessThanOrEqual(killedAt);
    expect(spans(late)).toEqual([[expect.any(Number), lastSign - 5 * minuteMs], [expect.any(Number), expect.any(Number)]]);
    expect(spans(late)[1]?.[0]).toBeGreaterThan(backAt - minuteMs);
    // Minutes add up: half an hour before the kill, and the moment after the return.
    expect(of(late)?.seconds).toBe(Math.floor(spans(late).reduce((sum, [from, to]) => sum + to - from, 0) / 1000));
    expect(Math.floor((of(late)?.seconds ?? 0) / 60)).toBe(30);
    for (const id of [organizer, stayed, soon]) {
      expect(spans(id)).toHaveLength(1);
      expect(Math.floor((of(id)?.seconds ?? 0) / 60)).toBe(35);
    }
  });
});
