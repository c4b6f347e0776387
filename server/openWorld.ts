/** Opens the outside world by the configuration: real services where they are named, embedded ones where they are not. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createShardedAdapter } from '@socket.io/redis-adapter';
import Stripe from 'stripe';
import { isPrivateAddress, type Config } from './config.js';
import type { Payments } from './ground.js';
import { startDocumentStore } from './embedded/documentStore/startDocumentStore.js';
import { createOutbox } from './embedded/outbox/outbox.js';
import { startStripeSandbox, type StripeSandbox } from './embedded/stripeSandbox/stripeSandbox.js';
import { createStages } from './media/createStages.js';
import { provisionWorker } from './media/provisionWorker.js';
import { createRelay } from './media/relay.js';
import { memoryStageLeases } from './media/stageLeases.js';
import type { Stages } from './media/stages.js';
import { redisStageLeases } from './media/redisStageLeases.js';
import type { Part } from './http/health.js';
import { HouseSecret } from './models/houseSecret.js';
import { createBus, loneWire, type Bus } from './platform/bus.js';
import { createLimits } from './platform/limits.js';
import { createNodes } from './platform/cluster/nodes.js';
import type { Logger } from './platform/logger.js';
import { createSmtpMail } from './platform/mail.js';
import { startHouseClock } from './platform/houseClock.js';
import { connectMongo, type DocumentStore } from './platform/mongo.js';
import { createPresence } from './platform/presence.js';
import { connectRedis, redisWire, type RedisLinks } from './platform/redis.js';
import type { Shutdown } from './platform/shutdown.js';
import { createTokens } from './platform/tokens.js';
import { createTurns } from './platform/cluster/turns.js';
import type { World } from './world.js';

/** The checkout's top folder: this file runs as `dist/server/openWorld.js`. */
const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export interface OpenedWorld {
  world: World;
  /** The sandbox, where it plays Stripe: it must be told where its webhooks go. */
  sandbox: StripeSandbox | null;
}

/** Opens everything, and tells `shutdown` how each part is closed. */
export async function openWorld(config: Config, log: Logger, shutdown: Shutdown): Promise<OpenedWorld> {
  const dataDir = path.resolve(config.DATA_DIR);
  const store = await connectMongo(config.MONGODB_URI ?? (await openEmbeddedStore(dataDir, log, shutdown)), log);
  shutdown.add('document store connection', () => store.close());
  const clock = await startHouseClock({ askTime: () => store.time(), log });
  shutdown.add('clock', () => Promise.resolve(clock.close()));
  const { now } = clock;
  const redis = config.REDIS_URL ? connectRedis(config.REDIS_URL, log) : null;
  if (redis) shutdown.add('redis', () => redis.close());
  const bus = createBus(redis ? redisWire(redis, log) : loneWire(), log);
  shutdown.add('bus', () => bus.close());
  const { payments, sandbox } = await openPayments(config, dataDir, log, shutdown);
  const mail = config.SMTP_URL ? createSmtpMail(config.SMTP_URL, config.MAIL_FROM) : await createOutbox(path.join(dataDir, 'outbox'), now);
  shutdown.add('mail', () => mail.close());

  const shared = openShared(redis, bus, log);
  let media: Stages | null = null;
  const world: World = {
    now,
    log,
    bus,
    ...shared,
    tokens: createTokens(config.JWT_SECRET ?? (await HouseSecret.keepOnce('jwt', randomBytes(48).toString('base64url'))), now),
    payments,
    mail,
    publicUrl: config.PUBLIC_URL,
    mediaAddress: { announced: config.MEDIA_ANNOUNCED_ADDRESS, isPrivate: isPrivateAddress(config.MEDIA_ANNOUNCED_ADDRESS) },
    ...daysOf(config),
    createStages(onNews) {
      const stages = createStages({ ...stageOptions(config, log, redis, now), bus, nodes: shared.nodes, now, onNews });
      media = stages;
      return stages;
    },
    // Static mode: every node listens from its start. The other modes begin to listen when a room is entered, and what is
    // published before Redis has answered that would be missed by someone who has already asked for the history.
    adapter: redis ? createShardedAdapter(redis.publish, redis.listen, { subscriptionMode: 'static' }) : undefined,
    clientDir: path.join(top, 'dist/client'),
    sandbox,
    trustProxy: config.TRUST_PROXY,
    parts: partsOf(store, bus, () => media),
  };
  return { world, sandbox };
}

/** How long things last, in days. */
const daysOf = ({ ATTENDANCE_DAYS, GRACE_DAYS }: Config): Pick<World, 'attendanceDays' | 'graceDays'> => ({ attendanceDays: ATTENDANCE_DAYS, graceDays: GRACE_DAYS });

/** What nodes share beside the store: in Redis, or in memory on a node that is alone. */
function openShared(redis: RedisLinks | null, { nodeId }: Bus, log: Logger): Pick<World, 'nodes' | 'limits' | 'turns' | 'presence'> {
  const ask = redis?.ask ?? null;
  return { nodes: createNodes(ask, nodeId, log), limits: createLimits(ask), turns: createTurns(ask, log), presence: createPresence(ask, log) };
}

/** What `/readyz` looks at. */
export function partsOf(store: Pick<DocumentStore, 'isUp'>, bus: Pick<Bus, 'isUp'>, media: () => Pick<Stages, 'status' | 'describe'> | null): Part[] {
  return [
    { name: 'store', needed: true, isUp: store.isUp, state: () => (store.isUp() ? 'up' : 'away') },
    // Without the bus a node goes on alone; taking all nodes out of service would help nobody.
    { name: 'bus', needed: false, isUp: bus.isUp, state: () => (bus.isUp() ? 'up' : 'away') },
    { name: 'media', needed: false, isUp: () => media()?.status().state === 'ready', state: () => media()?.describe() ?? 'preparing' },
  ];
}

async function openEmbeddedStore(dataDir: string, log: Logger, shutdown: Shutdown): Promise<string> {
  const store = await startDocumentStore({ dataDir: path.join(dataDir, 'store'), log: (line) => log.info(line, 'document store') });
  shutdown.add('document store', () => store.close());
  return store.uri;
}

async function openPayments(config: Config, dataDir: string, log: Logger, shutdown: Shutdown): Promise<{ payments: Payments; sandbox: StripeSandbox | null }> {
  if (config.STRIPE_SECRET_KEY && config.STRIPE_WEBHOOK_SECRET) {
    const stripe = new Stripe(config.STRIPE_SECRET_KEY, { telemetry: false });
    return { payments: { stripe, webhookSecret: config.STRIPE_WEBHOOK_SECRET, isTest: !/_live_/.test(config.STRIPE_SECRET_KEY), hasConsole: false }, sandbox: null };
  }
  const sandbox = await startStripeSandbox({ dataDir: path.join(dataDir, 'stripe-sandbox'), publicUrl: config.PUBLIC_URL, log: ({ level, ...line }) => log[level === 'error' ? 'error' : 'debug'](line, 'stripe sandbox') });
  shutdown.add('stripe sandbox', () => sandbox.close());
  const stripe = new Stripe(sandbox.secretKey, { host: sandbox.host, port: sandbox.port, protocol: 'http', telemetry: false });
  return { payments: { stripe, webhookSecret: sandbox.webhookSecret, isTest: true, hasConsole: true }, sandbox };
}

function stageOptions(config: Config, log: Logger, redis: RedisLinks | null, now: () => Date) {
  const bin = config.MEDIASOUP_WORKER_BIN;
  return {
    log,
    leases: redis ? redisStageLeases(redis.ask) : memoryStageLeases(),
    listenIp: config.MEDIA_LISTEN_IP,
    announcedAddress: config.MEDIA_ANNOUNCED_ADDRESS,
    port: config.MEDIA_PORT,
    pipes: { address: config.MEDIA_NODE_ADDRESS, ports: config.MEDIA_NODE_PORTS },
    workers: config.MEDIA_WORKERS,
    relay: createRelay({ urls: config.TURN_URLS, secret: config.TURN_SECRET, now }),
    provide: bin ? () => Promise.resolve({ bin }) : provisionWorker({ tool: path.join(top, 'tools/mediaWorker/provision.mjs'), installSystemPackages: true, log }),
  };
}
