/**
 * Chat under load: real Socket.IO clients in one room of the built server, every message stored before it is told.
 * Prints one JSON line. `--baseline` adds the same load on a bare Socket.IO relay, in the same run.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { io as connect, type Socket } from 'socket.io-client';
import { chat } from '../../shared/contracts/chat.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import type { Reply } from '../../shared/failures.js';
import { startServer, startStore } from '../support/processes.js';
import { openCrowd } from './load/crowd.js';
import { createTally, type Tally } from './load/tally.js';
import { readUsage, startRelay, type Usage } from './load/usage.js';

const { values } = parseArgs({
  options: {
    receivers: { type: 'string', default: '500' },
    senders: { type: 'string', default: '5' },
    rate: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '20' },
    baseline: { type: 'boolean', default: false },
  },
});
const load = { receivers: Number(values.receivers), senders: Number(values.senders), rate: Number(values.rate), seconds: Number(values.seconds) };

/** How one kind of server is spoken to. */
interface Speech {
  /** Hears messages: calls back with each message's own id. */
  hear(socket: Socket, heard: (id: string) => void): void;
  /** Sends one message and tells whether it was acknowledged. */
  send(socket: Socket, id: string): Promise<boolean>;
}

/** Runs the load and answers what came of it; CPU is the server process's own. */
async function run(sockets: { receivers: Socket[]; senders: Socket[] }, speech: Speech, usage: () => Promise<Usage>): Promise<object> {
  const tally = createTally(load.receivers);
  sockets.receivers.forEach((socket, receiver) => speech.hear(socket, (id) => tally.heard(receiver, id)));
  const before = await usage();
  await Promise.all(sockets.senders.map((socket, index) => sendSteadily(socket, index, speech, tally)));
  await tally.settled();
  const after = await usage();
  const result = tally.result();
  return { ...result, cpuMicrosPerDelivery: round(((after.cpuSeconds - before.cpuSeconds) * 1e6) / result.delivered), rssMb: round(after.rssBytes / 2 ** 20) };
}

/** Sends at the given rate, each sender a little after the one before, so that they do not all speak at once. */
async function sendSteadily(socket: Socket, index: number, speech: Speech, tally: Tally): Promise<void> {
  const everyMs = 1000 / load.rate;
  const startedAt = performance.now() + (everyMs * index) / load.senders;
  const answers: Promise<void>[] = [];
  for (let count = 0; count < load.rate * load.seconds; count += 1) {
    await until(startedAt + count * everyMs);
    const id = randomUUID();
    tally.sent(id);
    answers.push(speech.send(socket, id).then((isAcknowledged) => (isAcknowledged ? tally.acknowledged() : undefined)));
  }
  await Promise.all(answers);
}

const until = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));
const round = (value: number): number => Math.round(value * 100) / 100;

async function openSockets(url: string, tokens: readonly (string | null)[]): Promise<Socket[]> {
  const sockets: Socket[] = [];
  for (const token of tokens) {
    const socket = connect(url, { transports: ['websocket'], auth: token ? { token } : {}, forceNew: true, reconnection: false });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    sockets.push(socket);
  }
  return sockets;
}

async function benchServer(folder: string): Promise<object> {
  const secret = randomUUID() + randomUUID();
  const store = await startStore(path.join(folder, 'store'));
  const server = await startServer({ MONGODB_URI: store.uri, DATA_DIR: folder, DEMO: 'off', JWT_SECRET: secret, LOG_LEVEL: 'warn' });
  try {
    const crowd = await openCrowd(store.uri, secret, load.receivers + load.senders);
    const sockets = await openSockets(server.url, crowd.tokens);
    const receivers = sockets.slice(0, load.receivers);
    for (const socket of receivers) await socket.emitWithAck(chat.join.name, { roomId: crowd.roomId });
    const speech: Speech = {
      hear: (socket, heard) => socket.on(chat.posted.name, (push: { messages: MessageView[] }) => push.messages.forEach((message) => heard(message.clientMessageId))),
      send: async (socket, id) => ((await socket.emitWithAck(chat.send.name, { roomId: crowd.roomId, clientMessageId: id, text: `Message ${id}` })) as Reply<MessageView>).ok,
    };
    const result = await run({ receivers, senders: sockets.slice(load.receivers) }, speech, () => readUsage(server.url));
    for (const socket of sockets) socket.disconnect();
    await crowd.close();
    return result;
  } finally {
    await server.stop();
    await store.stop();
  }
}

async function benchRelay(): Promise<object> {
  const relay = await startRelay();
  try {
    const sockets = await openSockets(relay.url, Array.from({ length: load.receivers + load.senders }, () => null));
    const receivers = sockets.slice(0, load.receivers);
    for (const socket of receivers) await socket.emitWithAck('join');
    const speech: Speech = {
      hear: (socket, heard) => socket.on('posted', (message: MessageView) => heard(message.clientMessageId)),
      send: (socket, id) => socket.emitWithAck('send', id) as Promise<boolean>,
    };
    const result = await run({ receivers, senders: sockets.slice(load.receivers) }, speech, relay.usage);
    for (const socket of sockets) socket.disconnect();
    return result;
  } finally {
    relay.stop();
  }
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-bench-'));
try {
  const server = (await benchServer(folder)) as { cpuMicrosPerDelivery: number };
  const relay = values.baseline ? ((await benchRelay()) as { cpuMicrosPerDelivery: number }) : null;
  const compared = relay ? { baseline: relay, cpuRatio: round(server.cpuMicrosPerDelivery / relay.cpuMicrosPerDelivery) } : {};
  process.stdout.write(`${JSON.stringify({ bench: 'chat', ...load, ...server, ...compared })}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
