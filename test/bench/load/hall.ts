/** The servers a bench speaks to: the built house on one node or several, and the bare relay that it is compared with. */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startRedis, startServer, startStore } from '../../support/processes.js';
import { chat } from '../../../shared/contracts/chat.js';
import { openCrowd } from './crowd.js';

/** A place where people talk, however it is served. */
export interface Hall {
  /** Where to connect; people are spread over them. */
  urls: string[];
  tokens: readonly (string | null)[];
  /** The processes that serve it; the store is not among them. */
  pids: number[];
  /** The store's process, where messages are stored. */
  storePid: number | null;
  /** How it is spoken to. */
  join: { name: string; input: unknown };
  send: { name: string; input(clientMessageId: string, text: string): unknown };
  stop(): Promise<void>;
}

export interface HouseHall extends Hall {
  roomId: string;
  storeUri: string;
}

const stripe = { STRIPE_SECRET_KEY: `sk_test_${randomUUID().replaceAll('-', '')}`, STRIPE_WEBHOOK_SECRET: `whsec_${randomUUID().replaceAll('-', '')}` };

/** The house with its own store in a folder that goes with it; several nodes share a Redis. With `sells` the sandbox plays Stripe; else nothing can be sold. */
export async function openHouseHall({ members, nodes = 1, sells = false }: { members: number; nodes?: number; sells?: boolean }): Promise<HouseHall> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-bench-'));
  const secret = randomUUID() + randomUUID();
  const store = await startStore(path.join(folder, 'store'));
  const redis = nodes > 1 ? await startRedis() : null;
  const environment = { MONGODB_URI: store.uri, DATA_DIR: folder, DEMO: 'off', JWT_SECRET: secret, LOG_LEVEL: 'warn', MEDIA_WORKERS: '1', MEDIA_LISTEN_IP: '127.0.0.1', MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1', ...(sells ? {} : stripe), ...(redis ? { REDIS_URL: redis.url } : {}) };
  const servers: Awaited<ReturnType<typeof startServer>>[] = [];
  for (let node = 0; node < nodes; node += 1) servers.push(await startServer(environment));
  const crowd = await openCrowd(store.uri, secret, members);
  await crowd.close();
  return {
    roomId: crowd.roomId,
    storeUri: store.uri,
    urls: servers.map((server) => server.url),
    tokens: crowd.tokens,
    pids: [...servers.map((server) => server.pid), ...(redis ? [redis.pid] : [])],
    storePid: store.pid,
    join: { name: chat.join.name, input: { roomId: crowd.roomId } },
    send: { name: chat.send.name, input: (clientMessageId, text) => ({ roomId: crowd.roomId, clientMessageId, text }) },
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
      await redis?.stop();
      await store.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The relay in a process of its own, as bare as its code: Node as it comes. */
export async function openRelayHall(members: number): Promise<Hall> {
  const child = fork(fileURLToPath(new URL('relay.js', import.meta.url)));
  const [port] = (await once(child, 'message')) as [number];
  return {
    urls: [`http://127.0.0.1:${port}`],
    tokens: Array.from({ length: members }, () => null),
    pids: [child.pid ?? 0],
    storePid: null,
    join: { name: 'join', input: {} },
    send: { name: 'send', input: (clientMessageId, text) => ({ clientMessageId, text }) },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
