/**
 * `npm run bench -- seats [--joins N] [--viewers N]`: how soon somebody in a real browser sees a host who sends from one, in
 * three layers. One person opens the workshop's page and presses the button, again and again; then `--viewers` others, who
 * decode in processes of their own, come all at once, and the requests for a keyframe that reach the host's browser are counted.
 * Prints one JSON line. Times are milliseconds: `pressed` from the press to a picture that was decoded and shown
 * (`requestVideoFrameCallback`), `joined` of that from the call that joins the stage.
 */
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import type { Page } from 'playwright-core';
import { hashPassword } from '../../server/members/passwords.js';
import { Member } from '../../server/models/member.js';
import { signIn } from '../journeys/steps/signIn.js';
import { openBrowser, type Person } from '../support/browser.js';
import { flowsOf, keepConnections } from '../support/media/connections.js';
import { openStageHall, type StageHall } from './live/stageHall.js';

const { values } = parseArgs({ options: { joins: { type: 'string', default: '20' }, viewers: { type: 'string', default: '40' } } });
const password = 'a password for the bench alone';
/** One who comes when nobody else does, and needs a keyframe of their own. */
const apartMs = 1_500;
/** So long after the last of a crowd has seen a picture its requests are still counted. */
const afterwardsMs = 1_000;

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function enter(person: Person, storeUri: string, name: string): Promise<void> {
  const email = `${name.replace(' ', '').toLowerCase()}@bench.example`;
  await mongoose.connect(storeUri);
  await Member.updateOne({ name }, { email, passwordHash: await hashPassword(password) });
  await mongoose.disconnect();
  await signIn(person, email, password);
}

interface Seen {
  pressed: number;
  joined: number;
}

/** Opens the workshop's page, presses the button, and waits for a picture. */
async function join({ page }: Person, path: string): Promise<Seen> {
  await page.goto(path);
  const door = page.locator(`a[href="${path}/live"]`).last();
  await door.waitFor();
  await later(apartMs);
  await page.evaluate(() => {
    const timing = { pressedAt: 0 };
    addEventListener('click', () => (timing.pressedAt = performance.now()), { capture: true, once: true });
    const shown = new Promise<number>((resolve) => {
      const watcher = new MutationObserver(() => {
        const video = document.querySelector('video');
        if (!video) return;
        watcher.disconnect();
        video.requestVideoFrameCallback(() => resolve(performance.now() - timing.pressedAt));
      });
      watcher.observe(document, { childList: true, subtree: true });
    });
    Object.assign(window, { shown });
  });
  await door.click();
  const pressed = await page.evaluate(() => (window as unknown as { shown: Promise<number> }).shown);
  const joined = Number(await page.locator('[data-first-frame]').getAttribute('data-first-frame'));
  return { pressed, joined };
}

/** Requests that have reached each layer of a page's picture so far. */
async function requestsOf(page: Page): Promise<number[]> {
  const layers = (await flowsOf(page, 'outbound-rtp')).filter(({ kind }) => kind === 'video').toSorted((one, other) => (one.rid ?? '').localeCompare(other.rid ?? ''));
  return layers.map(({ pliCount = 0, firCount = 0 }) => pliCount + firCount);
}

interface Storm {
  lastMs: number;
  p50Ms: number;
  requests: number;
  byLayer: number[];
  perSecond: number;
}

async function storm(hall: StageHall, host: Page): Promise<Storm> {
  const before = await requestsOf(host);
  const startedAt = performance.now();
  const everybody = Array.from({ length: hall.inEach }, (_none, place) => place);
  const times = (await Promise.all(hall.audiences.map((audience) => audience.ask<number[]>({ ask: 'join', people: everybody })))).flat();
  const seconds = (performance.now() - startedAt) / 1_000;
  await later(afterwardsMs);
  const byLayer = (await requestsOf(host)).map((count, layer) => count - (before[layer] ?? 0));
  const requests = byLayer.reduce((sum, count) => sum + count, 0);
  return { lastMs: Math.round(Math.max(...times)), p50Ms: percentile(times, 0.5), requests, byLayer, perSecond: Math.round((requests / (seconds + afterwardsMs / 1_000)) * 100) / 100 };
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

const spread = (times: readonly number[]): { p50: number; p95: number } => ({ p50: percentile(times, 0.5), p95: percentile(times, 0.95) });

const hall = await openStageHall(Number(values.viewers));
const crowd = await openBrowser(hall.url.replace('127.0.0.1', 'localhost'));
try {
  const [host, viewer] = [await crowd.person(), await crowd.person()];
  await keepConnections(host.page);
  await enter(host, hall.storeUri, 'Member 0');
  await enter(viewer, hall.storeUri, 'Member 1');
  const path = `/workshops/${hall.workshopId}`;
  await host.page.goto(`${path}/live`);
  await host.page.getByRole('button', { name: 'Go on stage' }).click();
  await join(viewer, path);
  const seen: Seen[] = [];
  while (seen.length < Number(values.joins)) seen.push(await join(viewer, path));
  await viewer.page.goto('about:blank');
  const crowded = await storm(hall, host.page);
  process.stdout.write(`${JSON.stringify({ bench: 'seats', joins: seen.length, pressedToFirstFrameMs: spread(seen.map(({ pressed }) => pressed)), joinedToFirstFrameMs: spread(seen.map(({ joined }) => joined)), viewers: hall.inEach * hall.audiences.length, storm: crowded })}\n`);
} finally {
  await crowd.close();
  await hall.stop();
}
