/**
 * Torture of the timeline: several nodes, one Redis, one store, many clients on bad roads, while nodes are killed with -9
 * and Redis is restarted. At the end every client holds what the store holds: in order, each once, as it is now.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chat } from '../../../shared/contracts/chat.js';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { openCrowd } from '../../bench/load/crowd.js';
import { openSocket } from '../../support/guest.js';
import { startRedis, startServer, startStore } from '../../support/processes.js';
import { createRandom, type Random } from '../../support/random.js';
import { pause, Wanderer, type Road } from './wanderer.js';

export interface TortureOptions {
  seed: number;
  clients: number;
  seconds: number;
  nodes?: number;
  /** By all clients together. */
  messagesPerSecond: number;
  nodeKills: number;
  redisRestarts: number;
}

export interface TortureReport {
  stored: number;
  acknowledged: number;
  changes: number;
  connections: number;
  answersLost: number;
  /** How long after the last blow every client held everything. */
  healedMs: number;
  /** What is wrong, in words; empty when all is well. */
  wrong: string[];
}

const healWithinMs = 60_000;

/** A house of several nodes that can be hurt. */
async function openCluster({ clients, nodes = 3 }: TortureOptions) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-torture-'));
  const secret = randomUUID() + randomUUID();
  let redis = await startRedis();
  const store = await startStore(path.join(folder, 'store'));
  const stripe = { STRIPE_SECRET_KEY: `sk_test_${randomUUID().replaceAll('-', '')}`, STRIPE_WEBHOOK_SECRET: `whsec_${randomUUID().replaceAll('-', '')}` };
  const environment = { MONGODB_URI: store.uri, REDIS_URL: redis.url, DATA_DIR: folder, JWT_SECRET: secret, LOG_LEVEL: 'warn', MEDIA_WORKERS: '1', ...stripe };
  const servers = await Promise.all(Array.from({ length: nodes }, () => startServer(environment)));
  const crowd = await openCrowd(store.uri, secret, clients + 1);
  return {
    crowd,
    urls: servers.map((server) => server.url),
    async killNode(index: number): Promise<void> {
      const server = servers[index];
      if (!server) return;
      await server.kill();
      servers[index] = await startServer({ ...environment, PORT: new URL(server.url).port });
    },
    async restartRedis(): Promise<void> {
      await redis.kill();
      redis = await startRedis(redis.port);
    },
    async close(): Promise<void> {
      await crowd.close();
      await Promise.all(servers.map((server) => server.stop()));
      await redis.stop();
      await store.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
type Cluster = Awaited<ReturnType<typeof openCluster>>;

export async function torture(options: TortureOptions): Promise<TortureReport> {
  const cluster = await openCluster(options);
  const random = createRandom(options.seed);
  const road: Road = { urls: cluster.urls, roomId: cluster.crowd.roomId, isBad: true };
  const wanderers = cluster.crowd.tokens.slice(0, options.clients).map((token, index) => new Wanderer(road, token, random.fork(index)));
  try {
    const until = performance.now() + options.seconds * 1_000;
    await Promise.all([hurt(cluster, options, random, until), ...wanderers.map((wanderer, index) => wander(wanderer, random.fork(10_000 + index), options, until))]);
    road.isBad = false;
    return await judge(cluster, wanderers);
  } finally {
    for (const wanderer of wanderers) wanderer.close();
    await cluster.close();
  }
}

/** Kills nodes and restarts Redis, in an order and at times of chance. Returns when everything stands again. */
async function hurt(cluster: Cluster, { seconds, nodeKills, redisRestarts }: TortureOptions, random: Random, until: number): Promise<void> {
  const blows = [
    ...Array.from({ length: nodeKills }, () => ({ at: random.between(0.1, 0.8), strike: () => cluster.killNode(Math.floor(random.next() * cluster.urls.length)) })),
    ...Array.from({ length: redisRestarts }, () => ({ at: random.between(0.1, 0.8), strike: () => cluster.restartRedis() })),
  ].toSorted((one, other) => one.at - other.at);
  for (const { at, strike } of blows) {
    await pause(Math.max(0, until - seconds * 1_000 * (1 - at) - performance.now()));
    await strike();
  }
}

/** One client's doings: it speaks, changes things, and loses its connection, each now and then. What it began it finishes. */
async function wander(wanderer: Wanderer, random: Random, { clients, messagesPerSecond }: TortureOptions, until: number): Promise<void> {
  const meanMs = (clients * 1_000) / messagesPerSecond;
  for (let count = 0; ; count += 1) {
    await pause(random.between(0, 2 * meanMs));
    if (performance.now() > until) return;
    if (random.chance(0.25)) wanderer.break();
    if (random.chance(0.3)) await wanderer.changeSomething();
    else await wanderer.say(`Message ${count}, ${random.next()}`);
  }
}

/** Everything in the room, read page by page through the door by someone who was not there. */
async function readAll({ urls, crowd }: Cluster): Promise<{ messages: MessageView[]; rev: number }> {
  const socket = await openSocket(urls[0] ?? '', crowd.tokens.at(-1) ?? '');
  const all: MessageView[] = [];
  try {
    for (;;) {
      const reply = (await socket.timeout(20_000).emitWithAck(chat.history.name, { roomId: crowd.roomId, after: all.at(-1)?.seq ?? 0, limit: 200 })) as { ok: boolean; data: unknown };
      const page = chat.history.output.parse(reply.data);
      all.push(...page.messages);
      if (!page.hasMore) return { messages: all, rev: page.rev };
    }
  } finally {
    socket.disconnect();
  }
}

async function judge(cluster: Cluster, wanderers: readonly Wanderer[]): Promise<TortureReport> {
  const healedFrom = performance.now();
  let truth = await readAll(cluster);
  const judgeAll = (): string[] => wanderers.flatMap((wanderer, index) => judgeOne(wanderer, index, truth));
  while (judgeAll().length > 0 && performance.now() - healedFrom < healWithinMs) {
    await pause(100);
    // A change that a killed node left untold is logged when the house finds it: the truth itself moves on until then.
    truth = await readAll(cluster);
  }
  const sum = (count: (wanderer: Wanderer) => number): number => wanderers.reduce((total, wanderer) => total + count(wanderer), 0);
  return {
    stored: truth.messages.length,
    acknowledged: sum(({ said }) => said.size),
    changes: truth.rev,
    connections: sum(({ counts }) => counts.connections),
    answersLost: sum(({ counts }) => counts.answersLost),
    healedMs: Math.round(performance.now() - healedFrom),
    wrong: [...judgeStore(truth.messages, wanderers), ...judgeAll()],
  };
}

/** The store's own list: no gap, no twin, and everything in it that was acknowledged. */
function judgeStore(stored: readonly MessageView[], wanderers: readonly Wanderer[]): string[] {
  const wrong: string[] = [];
  stored.forEach(({ seq }, index) => {
    if (seq !== index + 1) wrong.push(`the store has seq ${seq} in place ${index + 1}`);
  });
  const byName = new Map(stored.map((message) => [message.clientMessageId, message]));
  if (byName.size !== stored.length) wrong.push(`${stored.length - byName.size} messages are stored twice`);
  for (const { said } of wanderers) {
    for (const [name, { seq }] of said) if (byName.get(name)?.seq !== seq) wrong.push(`what was acknowledged under seq ${seq} is not there`);
  }
  return wrong;
}

function judgeOne({ timeline }: Wanderer, index: number, truth: { messages: readonly MessageView[]; rev: number }): string[] {
  const who = `client ${index}`;
  const wrong = timeline.top === truth.messages.length && timeline.rev === truth.rev ? [] : [`${who} is at seq ${timeline.top} of ${truth.messages.length}, rev ${timeline.rev} of ${truth.rev}`];
  // A client that came late holds the newest page and what came after it.
  const first = (timeline.messages[0]?.seq ?? 1) - 1;
  timeline.messages.forEach((message, place) => {
    const stands = truth.messages[first + place];
    if (JSON.stringify(message) !== JSON.stringify(stands)) wrong.push(`${who} has in place ${first + place + 1}: ${JSON.stringify(message)} where ${JSON.stringify(stands)} stands`);
  });
  return wrong.slice(0, 3);
}
