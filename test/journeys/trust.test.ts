/**
 * The timeline one can trust, before somebody's eyes: a frozen tab, a road that is cut or falls silent, a server that is
 * killed, the way back to a page that was kept. Each ends with everything, once, in order; the list never blanks nor jumps.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { chat } from '../../shared/contracts/chat.js';
import { openBrowser, type Crowd, type Person } from '../support/browser.js';
import { openRoad, type Road } from '../support/road.js';
import { enter, openLiveHouse, openRoom, timeline, type LiveHouse, type Resident } from '../cluster/liveHouse.js';
import { demoPassword } from '../support/demoHouse.js';
import { signIn } from './steps/signIn.js';

let folder: string;
let road: Road;
let house: LiveHouse;
let crowd: Crowd;
let reader: Person;
let speaker: Resident;
let roomId: string;
/** All that was said here, in order. */
const said: string[] = [];

const environment = (): Record<string, string> => ({ PUBLIC_URL: `http://localhost:${road.port}`, MEDIA_LISTEN_IP: '127.0.0.1', MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1' });

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-trust-'));
  road = await openRoad();
  house = await openLiveHouse(folder, environment());
  road.leadTo(Number(new URL(house.url).port));
  speaker = await enter(house, 'host@rivet.example');
  roomId = await openRoom(speaker);
  crowd = await openBrowser(`http://localhost:${road.port}`, { keepsPages: true });
  reader = await crowd.person({ height: 2_400 });
  await signIn(reader, 'member@rivet.example', demoPassword(house.output()));
  await reader.page.goto(`/rooms/${roomId}`);
});

afterAll(async () => {
  speaker?.socket.disconnect();
  await crowd?.close();
  await house?.stop();
  await road?.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await reader.page.getByRole('log').getByRole('article').first().waitFor();
  await reader.page.evaluate(watch);
});

/** The host says something, so many times. */
async function speak(count: number): Promise<void> {
  for (let one = 0; one < count; one += 1) {
    const text = `Heard ${said.length}`;
    await speaker.call(chat.send, { roomId, clientMessageId: randomUUID(), text });
    said.push(text);
  }
}

/** What of ours stands in the list, as it is drawn. */
const drawn = async (): Promise<string[]> => (await reader.page.getByRole('log').getByText(/^(Heard|Written) \d+$/).allTextContents()).slice(-said.length);

/** More is said, and everything that was said is there: once, in order. */
async function hear(count: number): Promise<void> {
  await speak(count);
  await expectAll();
}
async function expectAll(): Promise<void> {
  await expect.poll(drawn, { timeout: 30_000 }).toEqual(said);
}

/** Looks at the list with every frame: how few rows it ever showed, and how far from its end it ever stood. */
function watch(): void {
  const seen = { fewest: Infinity, farthest: 0 };
  const look = (): void => {
    const list = document.querySelector<HTMLElement>('[role="log"]');
    seen.fewest = Math.min(seen.fewest, list?.querySelectorAll('article').length ?? 0);
    if (list) seen.farthest = Math.max(seen.farthest, list.scrollHeight - list.scrollTop - list.clientHeight);
    requestAnimationFrame(look);
  };
  look();
  Object.assign(window, { seen });
}
async function expectNoBlank(): Promise<void> {
  const { fewest, farthest } = await reader.page.evaluate(() => (window as unknown as { seen: { fewest: number; farthest: number } }).seen);
  expect(fewest).toBeGreaterThan(0);
  // A message that was just drawn stands below the end for a frame or two.
  expect(farthest).toBeLessThan(1_000);
}

async function write(text: string): Promise<void> {
  await reader.page.getByRole('textbox', { name: /Message/ }).fill(text);
  await reader.page.keyboard.press('Enter');
  said.push(text);
}

it('a frozen tab has everything when it thaws', async () => {
  await hear(2);
  const devtools = await reader.context.newCDPSession(reader.page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await speak(3);
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await hear(1);
  await expectNoBlank();
});

it('offline says so with what waits to be sent, and sends it once though the page is loaded anew', async () => {
  road.cut();
  await write('Written 1');
  await write('Written 2');
  await reader.page.getByText(/^Offline since .+\. 2 messages will be sent\.$/).waitFor();
  await expectNoBlank();
  road.mend();
  await reader.page.reload();
  await expectAll();
  await hear(1);
  const stored = (await timeline(speaker, roomId)).filter(({ text }) => text.startsWith('Written'));
  expect(stored.map(({ text }) => text)).toEqual(['Written 1', 'Written 2']);
});

it('a road that fell silent is found out as soon as the network is heard to have changed', async () => {
  road.fallSilent();
  await speak(2);
  await reader.page.evaluate(() => dispatchEvent(new Event('online')));
  await expectAll();
  await expectNoBlank();
});

it('a server killed and started again is nothing but a pause, and the log tells of it', async () => {
  // With its store, as a machine that fails.
  process.kill(-house.pid, 'SIGKILL');
  await house.ended;
  house = await openLiveHouse(folder, { ...environment(), PORT: new URL(house.url).port });
  speaker = await enter(house, 'host@rivet.example');
  await hear(2);
  await expectNoBlank();
  await reader.page.getByRole('button', { name: 'Everything is here' }).click();
  const newest = (await timeline(speaker, roomId)).at(-1)?.seq;
  await reader.page.getByText(`Caught up to #${newest}`).waitFor();
  await reader.page.getByRole('button', { name: 'Check now' }).click();
  await reader.page.getByRole('button', { name: 'Connection log' }).click();
  const log = reader.page.getByRole('dialog', { name: 'Connection log' });
  await log.getByText('Connection lost').first().waitFor();
  await log.getByText('Connected').first().waitFor();
  await reader.page.keyboard.press('Escape');
});

it('the way back to a page that was kept leads to everything', async () => {
  await reader.page.evaluate(() => addEventListener('pageshow', (event) => Object.assign(window, { wasKept: event.persisted })));
  await reader.page.goto('/healthz');
  await speak(3);
  // A page that was kept is not loaded again.
  await reader.page.goBack({ waitUntil: 'commit' });
  await expectAll();
  await hear(1);
  expect(await reader.page.evaluate(() => (window as unknown as { wasKept?: boolean }).wasKept)).toBe(true);
});

it('and nobody complained', () => {
  expect(reader.complaints.filter((complaint) => !/ERR_CONNECTION|ERR_EMPTY_RESPONSE|WebSocket|ERR_SOCKET|Failed to load resource/.test(complaint))).toEqual([]);
});
