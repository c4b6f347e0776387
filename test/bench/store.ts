/**
 * `npm run bench -- store [--documents N] [--seconds N]`: the embedded document store in a process of its own, through the
 * official driver; or, with `MONGODB_URI`, whatever stands there. Prints one JSON line. Times are milliseconds, memory MiB.
 * `bareCommitsPerSecond` and `bareSyncsPerSecond` are what LMDB and the disk alone give in the same minute; `loadAverage` is the
 * machine's own, before.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Collection, MongoClient } from 'mongodb';
import { countBareCommits, countBareSyncs } from './load/disk.js';

interface Message { _id: string; roomId: string; seq: number; authorId: string; clientMessageId: string; text: string; at: Date }

const rooms = 1000;
const inFlightMost = 32;
const program = path.resolve('dist/server/embedded/documentStore/main.js');
const text = 'A message of ordinary length, as people write them in a chat room of some liveliness. '.repeat(2);

function messageOf(number: number): Message {
  const room = number % rooms;
  return {
    _id: `m${number}`, roomId: `room-${room}`, seq: Math.floor(number / rooms), authorId: `author-${number % 5000}`, clientMessageId: `c${number}`, text, at: new Date(1_700_000_000_000 + number),
  };
}

async function startStore(dataDir: string): Promise<{ uri: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [program, '--lifeline', '--data', dataDir, '--port', '0'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [uri] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { uri, child };
}

/** Runs `work` from `inFlight` sides for some seconds; gives calls per second and every call's time. */
async function drive(seconds: number, inFlight: number, work: () => Promise<unknown>): Promise<{ perSecond: number; times: number[] }> {
  const times: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  const side = async (): Promise<void> => {
    for (let now = performance.now(); now < end; ) {
      await work();
      const after = performance.now();
      times.push(after - now);
      now = after;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, side));
  return { perSecond: Math.round(times.length / ((performance.now() - start) / 1000)), times: times.sort((a, b) => a - b) };
}

function percentile(times: readonly number[], share: number): number {
  return Number((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN).toFixed(2));
}

async function fill(messages: Collection<Message>, documents: number): Promise<void> {
  const batch = 1000;
  for (let from = 0; from < documents; from += batch) {
    await messages.insertMany(Array.from({ length: Math.min(batch, documents - from) }, (_, at) => messageOf(from + at)), { ordered: true });
  }
}

async function measure(client: MongoClient, documents: number, seconds: number): Promise<Record<string, number>> {
  const db = client.db('bench');
  const messages = db.collection<Message>('messages');
  const counters = db.collection<{ _id: string; seats: number; taken: number }>('counters');
  await messages.createIndex({ roomId: 1, seq: 1 }, { unique: true });
  await messages.createIndex({ authorId: 1, clientMessageId: 1 }, { unique: true });
  const started = performance.now();
  await fill(messages, documents);
  const fillSeconds = (performance.now() - started) / 1000;
  const pick = (): number => Math.floor(Math.random() * documents);
  const ranges = await drive(seconds, 1, () => messages.find({ roomId: `room-${pick() % rooms}`, seq: { $gt: Math.floor(Math.random() * Math.max(1, documents / rooms - 60)) } }).sort({ seq: 1 }).limit(50).toArray());
  const points = await drive(seconds, inFlightMost, () => messages.findOne({ _id: `m${pick()}` }));
  let next = documents;
  const insertOne = (): Promise<unknown> => messages.insertOne(messageOf(next++));
  const alone = await drive(seconds, 1, insertOne);
  const together = await drive(seconds, inFlightMost, insertOne);
  await counters.insertOne({ _id: 'workshop', seats: 1e9, taken: 0 });
  const conditional = await drive(seconds, 1, () => counters.findOneAndUpdate({ _id: 'workshop', seats: { $gt: 0 } }, { $inc: { seats: -1, taken: 1 } }));
  const { mem } = await db.admin().serverStatus();
  return {
    documents, fillPerSecond: Math.round(documents / fillSeconds), insertsPerSecond1: alone.perSecond, insertsPerSecond32: together.perSecond, pointReadsPerSecond32: points.perSecond,
    rangeReadP50: percentile(ranges.times, 0.5), rangeReadP99: percentile(ranges.times, 0.99), conditionalUpdateP50: percentile(conditional.times, 0.5),
    conditionalUpdateP99: percentile(conditional.times, 0.99), rssMebibytes: Number(mem.resident),
  };
}

/** The most memory a process has had resident. */
async function peakOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return kibibytes === undefined ? undefined : Math.round(Number(kibibytes) / 1024);
}

const { values } = parseArgs({ options: { documents: { type: 'string', default: '1000000' }, seconds: { type: 'string', default: '5' } } });
const own = process.env['MONGODB_URI'];
const dataDir = await mkdtemp(path.join(os.tmpdir(), 'store-bench-'));
const store = own === undefined ? await startStore(dataDir) : undefined;
const client = await new MongoClient(own ?? store?.uri ?? '').connect();
try {
  const loadAverage = Number(os.loadavg()[0]?.toFixed(2));
  const seconds = Number(values.seconds);
  const figures = await measure(client, Number(values.documents), seconds);
  const rssPeakMebibytes = store === undefined ? undefined : await peakOf(store.child.pid ?? 0);
  const bare = { bareCommitsPerSecond: await countBareCommits(dataDir, seconds), bareSyncsPerSecond: await countBareSyncs(dataDir, seconds) };
  process.stdout.write(`${JSON.stringify({ bench: 'store', ...figures, rssPeakMebibytes, ...bare, loadAverage })}\n`);
} finally {
  await client.close();
  if (store !== undefined) {
    store.child.kill('SIGTERM');
    await once(store.child, 'exit');
  }
  await rm(dataDir, { recursive: true, force: true });
}
