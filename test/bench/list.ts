/**
 * `npm run bench -- list [--messages N] [--seconds N]`: a room of a hundred thousand messages in Chromium. Scrolls up without
 * a pause, through page after page, and measures each frame and what the page holds; an empty page is measured beside it in
 * the same run. Prints one JSON line. Times are milliseconds.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import mongoose, { Types } from 'mongoose';
import type { CDPSession, Page } from 'playwright-core';
import { Member } from '../../server/models/member.js';
import { Message, type MessageDocument } from '../../server/models/messages/message.js';
import { Room } from '../../server/models/room.js';
import { openBrowser } from '../support/browser.js';
import { startServer, startStore } from '../support/processes.js';
import { signIn } from '../journeys/steps/signIn.js';
import { demoPassword } from '../support/demoHouse.js';

const { values } = parseArgs({ options: { messages: { type: 'string', default: '100000' }, seconds: { type: 'string', default: '20' } } });
const [total, seconds] = [Number(values.messages), Number(values.seconds)];
const batch = 2_000;
/** Fast enough to pass a few hundred messages a second. */
const pixelsPerFrame = 120;

async function fill(roomId: Types.ObjectId, count: number): Promise<void> {
  const authors = (await Member.find().select({ _id: 1 }).lean()).map(({ _id }) => _id);
  await Message.deleteMany({ roomId });
  for (let from = 0; from < count; from += batch) {
    const documents = Array.from({ length: Math.min(batch, count - from) }, (_none, index): MessageDocument => {
      const seq = from + index + 1;
      const text = `Message ${seq}: ${'some **words** that wrap, and `code` here and there. '.repeat((seq % 4) + 1)}`;
      return { _id: new Types.ObjectId(), roomId, seq, authorId: authors[Math.floor(seq / 3) % authors.length] ?? roomId, clientMessageId: randomUUID(), text, sentAt: new Date(Date.UTC(2026, 0, 1) + seq * 60_000) };
    });
    await Message.collection.insertMany(documents, { ordered: true });
  }
}

interface Frames {
  frames: number;
  /** What the page's main thread worked for each of them, by its own clock: what else the machine does does not count. */
  workMs: number;
  p50: number;
  p95: number;
  p99: number;
}

async function workedMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
}

/** Measures frames for so long; scrolls the list up with each where there is one. */
async function measure(page: Page, devtools: CDPSession, scrolls: boolean): Promise<Frames> {
  const workBefore = await workedMs(devtools);
  const times = await page.evaluate(
    async ({ forMs, step }) => {
      const list = document.querySelector<HTMLElement>('[role="log"]');
      const took: number[] = [];
      let last = performance.now();
      const end = last + forMs;
      while (last < end) {
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        took.push(now - last);
        last = now;
        if (step > 0) list?.scrollBy(0, -step);
      }
      return took.slice(1);
    },
    { forMs: seconds * 1_000, step: scrolls ? pixelsPerFrame : 0 },
  );
  times.sort((one, other) => one - other);
  const percentile = (share: number): number => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 10) / 10;
  return { frames: times.length, workMs: Math.round(((await workedMs(devtools)) - workBefore) / times.length * 10) / 10, p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) };
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-list-'));
// The demo's people come with the house's own store, which is then opened by itself, so that a room can be filled.
const seeding = await startServer({ DATA_DIR: folder, LOG_LEVEL: 'warn' });
const password = demoPassword(seeding.output());
await seeding.stop();
const store = await startStore(path.join(folder, 'store'));
const server = await startServer({ MONGODB_URI: store.uri, DATA_DIR: folder, LOG_LEVEL: 'warn' });
const crowd = await openBrowser(server.url.replace('127.0.0.1', 'localhost'));
try {
  await mongoose.connect(store.uri);
  const room = await Room.findOne({ name: 'general' }).orFail().lean();
  await fill(room._id, total);
  const reader = await crowd.person();
  const { page, context } = reader;
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const heapMb = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return Math.round(usedSize / 104_857.6) / 10;
  };
  await page.goto('about:blank');
  const empty = await measure(page, devtools, false);
  await signIn(reader, 'member@rivet.example', password);
  await page.goto(`/rooms/${String(room._id)}`);
  await page.getByText(`Message ${total}:`).waitFor();
  const heapBefore = await heapMb();
  const scrolling = await measure(page, devtools, true);
  const oldest = await page.evaluate(() => document.querySelector('[role="log"] article')?.textContent?.match(/Message (\d+)/)?.[1]);
  process.stdout.write(`${JSON.stringify({ bench: 'list', messages: total, seconds, scrolledPast: total - Number(oldest), emptyPage: empty, scrolling, heapMbBefore: heapBefore, heapMb: await heapMb() })}\n`);
} finally {
  await crowd.close();
  await mongoose.disconnect();
  await server.stop();
  await store.stop();
  await rm(folder, { recursive: true, force: true });
}
