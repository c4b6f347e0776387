/** Boots the real app for a test: its own database on a real embedded store, its own port, real sockets. */
import { mkdtemp, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createShardedAdapter } from '@socket.io/redis-adapter';
import mongoose from 'mongoose';
import Stripe from 'stripe';
import { createApp, type App } from '../../server/app.js';
import { createOutbox } from '../../server/embedded/outbox/outbox.js';
import { startStripeSandbox, type StripeSandbox } from '../../server/embedded/stripeSandbox/stripeSandbox.js';
import type { StageNews, Stages } from '../../server/media/stages.js';
import { createBus, loneWire } from '../../server/platform/bus.js';
import { createLimits } from '../../server/platform/limits.js';
import { createLogger } from '../../server/platform/logger.js';
import { connectMongo } from '../../server/platform/mongo.js';
import { createNodes } from '../../server/platform/cluster/nodes.js';
import { createPresence } from '../../server/platform/presence.js';
import { connectRedis, redisWire } from '../../server/platform/redis.js';
import { createTokens } from '../../server/platform/tokens.js';
import { createTurns } from '../../server/platform/cluster/turns.js';
import type { World } from '../../server/world.js';
import { openGuest, type Guest, type GuestOptions } from './guest.js';
import { noVideo } from './noVideo.js';
import { startRedis } from './processes.js';
import { testStore } from './testStore.js';

export interface HouseOptions {
  /** A second node of the same house: the same database, sandbox and clock. Both need `redisUrl`. */
  beside?: House;
  redisUrl?: string;
  now?: () => Date;
  /** Real stages, for tests of media; without it the house says that live video cannot be had. */
  stages?: (outside: Pick<World, 'bus' | 'log' | 'nodes' | 'now'>, onNews: (news: StageNews) => void) => Stages;
  clientDir?: string;
  /** Where it listens on this machine; anywhere free unless told. */
  port?: number;
  /** Where people reach it, as far as cookies, headers and the origin check go; `http://localhost` unless told. */
  publicUrl?: string;
  /** What `/readyz` says. */
  parts?: World['parts'];
  logLevel?: string;
}

export interface House {
  url: string;
  app: App;
  sandbox: StripeSandbox;
  databaseUri: string;
  /** A signed-in member with a socket of their own. */
  guest(options?: GuestOptions): Promise<Guest>;
  /** All guests there are hang up: what is told from now on is no longer judged for them, nor told to them. */
  everybodyLeaves(): void;
  close(): Promise<void>;
}

const signingSecret = 'a test house signs with this secret, and nothing else does';

/** Opens a house. Whoever opens it closes it; closing the first of several nodes also ends the store they share. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const log = createLogger(options.logLevel ?? 'silent');
  const now = options.now ?? (() => new Date());
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-house-'));
  const databaseUri = options.beside?.databaseUri ?? (await testStore(`house_${randomUUID().replaceAll('-', '')}`));
  // Nodes in one process share mongoose's connection, which the first one opened.
  const store = options.beside ? null : await connectMongo(databaseUri, log);
  const sandbox = options.beside?.sandbox ?? (await startStripeSandbox({ dataDir: path.join(folder, 'sandbox'), publicUrl: 'http://localhost', now, retryDelaysMs: [50, 100, 200] }));
  const redis = options.redisUrl ? connectRedis(options.redisUrl, log) : null;
  const bus = createBus(redis ? redisWire(redis, log) : loneWire(), log);
  const nodes = createNodes(redis?.ask ?? null, bus.nodeId, log);
  const { stages } = options;

  const app = await createApp({
    now,
    log,
    bus,
    nodes,
    limits: createLimits(redis?.ask ?? null),
    turns: createTurns(redis?.ask ?? null, log),
    presence: createPresence(redis?.ask ?? null, log),
    tokens: createTokens(signingSecret, now),
    payments: {
      stripe: new Stripe(sandbox.secretKey, { host: sandbox.host, port: sandbox.port, protocol: 'http', telemetry: false }),
      webhookSecret: sandbox.webhookSecret,
      isTest: true,
      hasConsole: true,
    },
    mail: await createOutbox(path.join(folder, 'outbox'), now),
    publicUrl: options.publicUrl ?? 'http://localhost',
    mediaAddress: { announced: '127.0.0.1', isPrivate: true },
    attendanceDays: 90,
    graceDays: 7,
    createStages: (onNews) => stages?.({ bus, log, nodes, now }, onNews) ?? noVideo,
    adapter: redis ? createShardedAdapter(redis.publish, redis.listen, { subscriptionMode: 'static' }) : undefined,
    clientDir: options.clientDir ?? null,
    sandbox,
    // So that a test may come from an address of its choice; without the header it comes from its own.
    trustProxy: 1,
    parts: options.parts ?? [],
  });
  await new Promise<void>((resolve) => app.http.listen(options.port ?? 0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(app.http.address() as AddressInfo).port}`;
  if (!options.beside) {
    // A browser that pays comes back to where people reach the house.
    sandbox.setPublicUrl(options.port === undefined ? url : (options.publicUrl ?? url));
    sandbox.setWebhookUrl(`${url}/api/stripe/webhook`);
  }

  const guests: Guest[] = [];
  const everybodyLeaves = (): void => {
    for (const guest of guests.splice(0)) guest.close();
  };
  const close = async (): Promise<void> => {
    everybodyLeaves();
    await app.close();
    await bus.close();
    await redis?.close();
    if (!options.beside) await sandbox.close();
    if (store) {
      await mongoose.connection.dropDatabase();
      await store.close();
    }
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url,
    app,
    sandbox,
    databaseUri,
    async guest(guestOptions = {}) {
      const guest = await openGuest(app.deps, url, guestOptions);
      guests.push(guest);
      return guest;
    },
    everybodyLeaves,
    close,
  };
}

/** Two nodes of one house, joined by a Redis of their own. */
export interface TwoNodes {
  house: House;
  node: House;
  close(): Promise<void>;
}

/** Opens both with the same options; whoever opens them closes them. */
export async function openTwoNodes(options: Pick<HouseOptions, 'now'> = {}): Promise<TwoNodes> {
  const redis = await startRedis();
  const house = await openHouse({ ...options, redisUrl: redis.url });
  const node = await openHouse({ ...options, redisUrl: redis.url, beside: house });
  return {
    house,
    node,
    async close() {
      await node.close();
      await house.close();
      await redis.stop();
    },
  };
}
