/**
 * `npm run bench -- console [--questions N] [--votes N] [--seconds N]`: the host's console in Chromium with hundreds of
 * questions, while votes come in. Walks through the queue by keyboard without a pause and measures each frame; an empty page is
 * measured beside it in the same run. Prints one JSON line. Times are milliseconds.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import mongoose, { Types } from 'mongoose';
import type { CDPSession, Page } from 'playwright-core';
import { Member } from '../../server/models/member.js';
import { Question } from '../../server/models/questions/question.js';
import { Workshop } from '../../server/models/workshop.js';
import { questions } from '../../shared/contracts/live/questions.js';
import { signIn } from '../journeys/steps/signIn.js';
import { openBrowser } from '../support/browser.js';
import { demoPassword } from '../support/demoHouse.js';
import { startServer, startStore } from '../support/processes.js';
import { openCrowd } from './load/crowd.js';
import { Line } from './load/line.js';

const { values } = parseArgs({ options: { questions: { type: 'string', default: '500' }, votes: { type: 'string', default: '5000' }, seconds: { type: 'string', default: '10' } } });
const [asked, voted, seconds] = [Number(values.questions), Number(values.votes), Number(values.seconds)];
const voters = 20;

/** A workshop of the demo's host with so many questions, two in five of them waiting, and so many votes. */
async function fill(storeUri: string): Promise<{ workshopId: string; seen: string[] }> {
  await mongoose.connect(storeUri);
  const host = await Member.findOne({ email: 'host@rivet.example' }).orFail().lean();
  const workshop = await Workshop.findOne({ hostIds: host._id, state: 'scheduled' }).orFail().lean();
  const perQuestion = Math.round(voted / asked);
  const documents = Array.from({ length: asked }, (_, place) => {
    const voterIds = Array.from({ length: perQuestion }, () => new Types.ObjectId());
    return {
      _id: new Types.ObjectId(), workshopId: workshop._id, clientQuestionId: randomUUID(), askerId: host._id, text: `Question ${place}: ${'what happens to the rest of it? '.repeat((place % 3) + 1)}`,
      state: place % 5 < 2 ? 'pending' : 'approved', version: 1, askedAt: new Date(Date.now() - (asked - place) * 1_000), voterIds, votes: perQuestion, voteTurn: perQuestion,
    };
  });
  await Question.insertMany(documents);
  await mongoose.disconnect();
  return { workshopId: String(workshop._id), seen: documents.filter(({ state }) => state === 'approved').map(({ _id }) => String(_id)) };
}

async function workedMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
}

/** Measures frames for so long, with a key pressed in every other one. */
async function measure(page: Page, devtools: CDPSession) {
  const before = await workedMs(devtools);
  const times = await page.evaluate(async (forMs) => {
    const took: number[] = [];
    let last = performance.now();
    const end = last + forMs;
    for (let frame = 0; last < end; frame += 1) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      took.push(now - last);
      last = now;
      if (frame % 2 === 0) document.body.dispatchEvent(new KeyboardEvent('keydown', { key: frame % 600 < 300 ? 'j' : 'k', bubbles: true }));
    }
    return took.slice(1);
  }, seconds * 1_000);
  times.sort((one, other) => one - other);
  const percentile = (share: number): number => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 10) / 10;
  return { frames: times.length, workMs: Math.round((((await workedMs(devtools)) - before) / times.length) * 10) / 10, p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) };
}

/** Votes without a pause until told to stop; answers how many were cast. */
function voteOn(lines: readonly Line[], workshopId: string, seen: readonly string[]): () => Promise<number> {
  let [isOver, count] = [false, 0];
  const voting = lines.map(async (line, member) => {
    for (let turn = 0; !isOver; turn += 1) {
      await line.ask(questions.vote.name, { workshopId, questionId: seen[(turn * 7 + member) % seen.length], isOn: turn % (2 * seen.length) < seen.length });
      count += 1;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
  return async () => {
    isOver = true;
    await Promise.all(voting);
    return count;
  };
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-console-'));
const secret = randomUUID() + randomUUID();
const seeding = await startServer({ DATA_DIR: folder, LOG_LEVEL: 'warn', JWT_SECRET: secret });
const password = demoPassword(seeding.output());
await seeding.stop();
const store = await startStore(path.join(folder, 'store'));
const server = await startServer({ MONGODB_URI: store.uri, DATA_DIR: folder, LOG_LEVEL: 'warn', JWT_SECRET: secret });
const browser = await openBrowser(server.url.replace('127.0.0.1', 'localhost'));
try {
  const { workshopId, seen } = await fill(store.uri);
  const crowd = await openCrowd(store.uri, secret, voters);
  await crowd.close();
  const lines = await Promise.all(crowd.tokens.map((token) => Line.open(server.url, token)));
  const person = await browser.person({ width: 1440, height: 900 });
  const { page, context } = person;
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto('about:blank');
  const empty = await measure(page, devtools);
  await signIn(person, 'host@rivet.example', password);
  await page.goto(`/workshops/${workshopId}/console`);
  await page.getByText(`Question ${asked - 1}:`).first().waitFor();
  const stop = voteOn(lines, workshopId, seen);
  const walking = await measure(page, devtools);
  process.stdout.write(`${JSON.stringify({ bench: 'console', questions: asked, votes: voted, votesMeanwhile: await stop(), seconds, emptyPage: empty, console: walking })}\n`);
  for (const line of lines) line.close();
} finally {
  await browser.close();
  await server.stop();
  await store.stop();
  await rm(folder, { recursive: true, force: true });
}
