/**
 * The timeline one can trust, before somebody's eyes: a frozen tab, a road that is cut or falls silent, a server that is
 * killed, the way back to a page that was kept. Each ends with everything, once, in order; the list never blanks nor jumps.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { chat } from '../../shared/contracts/chat.js';
import { messages } from '../../shared/contracts/messages.js';
import { moderation } from '../../shared/contracts/moderation.js';
import { openBrowser, type Crowd, type Person } from '../support/browser.js';
import { openRoad, type Road } from '../support/road.js';
import { enter, openLiveHouse, openRoom, timeline, type LiveHouse, type Resident } from '../cluster/liveHouse.js';
import { demoPassword } from '../support/demoHouse.js';
import { disturbNews } from './steps/disturbNews.js';
import { holdAnswers } from './steps/holdAnswers.js';
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
const drawn = async (page = reader.page): Promise<string[]> => (await page.getByRole('log').getByText(/^(Heard|Written) \d+$/).allTextContents()).slice(-said.length);

/** More is said, and everything that was said is there: once, in order. */
async function hear(count: number): Promise<void> {
  await speak(count);
  await expectAll();
}
async function expectAll(): Promise<void> {
  await expect.poll(() => drawn()).toEqual(said);
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

it('what comes out of its turn is waited for a moment, and what does not come is asked for', async () => {
  const page = await reader.openTab();
  const line = await disturbNews(page);
  await page.goto(`/rooms/${roomId}`);
  await expect.poll(() => drawn(page)).toEqual(said);
  line.asked.length = 0;
  line.next('late');
  await speak(2);
  await expect.poll(() => drawn(page)).toEqual(said);
  expect(line.asked).toEqual([]);
  line.next('lost');
  await speak(2);
  await expect.poll(() => drawn(page)).toEqual(said);
  expect(line.asked).toHaveLength(1);
  await page.close();
});

it('what is said while a page is on its way stands beneath it when it comes', async () => {
  const tab = await reader.openTab();
  const pages = await holdAnswers(tab, chat.history);
  await tab.goto(`/rooms/${roomId}`);
  await expect.poll(pages.count).toBe(1);
  await tab.getByRole('textbox', { name: /Message/ }).fill('Written 0');
  await tab.keyboard.press('Enter');
  said.push('Written 0');
  // It was stored and told before the page comes, which knows nothing of it.
  await expect.poll(async () => (await timeline(speaker, roomId)).at(-1)?.text).toBe('Written 0');
  await expect.poll(keptBack).toEqual([]);
  pages.release();
  await tab.getByRole('log').getByText('Written 0').waitFor();
  await tab.close();
  await expectAll();
});

async function react(text: string, emoji: string): Promise<void> {
  const row = reader.page.getByRole('article').filter({ hasText: text }).first();
  await row.hover();
  await row.getByRole('toolbar').getByRole('button', { name: emoji, exact: true }).click();
}

const rowOf = (text: string): Locator => reader.page.getByRole('article').filter({ hasText: text }).first();

/** Changes what the reader wrote, and takes back another thing they wrote, by the keyboard. */
async function editAndRemove(edited: string, into: string, removed: string): Promise<void> {
  await rowOf(edited).press('e');
  const field = reader.page.getByRole('textbox', { name: /Message/ });
  await expect.poll(() => field.inputValue()).toBe(edited);
  await field.fill(into);
  await field.press('Enter');
  await rowOf(removed).press('Delete');
  await reader.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
}

/** What the browser keeps until the server has said that it is done. */
const keptBack = (): Promise<string[]> => reader.page.evaluate(() => Object.keys(localStorage).filter((key) => /^guildhall\.(acts|outbox)\./.test(key)));

it('offline says so with what waits, and does it once though the tab is closed and two others take it up', async () => {
  const { id: goneId } = await speaker.call(chat.send, { roomId, clientMessageId: randomUUID(), text: 'Soon gone' });
  await reader.page.getByRole('article').filter({ hasText: 'Soon gone' }).waitFor();
  for (const text of ['A first plan', 'A slip']) {
    await reader.page.getByRole('textbox', { name: /Message/ }).fill(text);
    await reader.page.keyboard.press('Enter');
  }
  await expect.poll(async () => (await timeline(speaker, roomId)).at(-1)?.text).toBe('A slip');
  // The reader has been answered too: what the road took the answer of would wait as well.
  await expect.poll(keptBack).toEqual([]);
  road.cut();
  await write('Written 1');
  await write('Written 2');
  await reader.page.getByText(/^Offline since .+\. 2 messages will be sent\.$/).waitFor();
  await react('Heard 0', 'thumbs up');
  await reader.page.getByText('This will be done when you are back').waitFor();
  await react('Soon gone', 'thumbs up');
  await react('Soon gone', 'heart');
  await editAndRemove('A first plan', 'A better plan', 'A slip');
  await reader.page.getByText(/^Offline since .+\. 2 messages and 5 changes will be sent\.$/).waitFor();
  await expectNoBlank();
  await reader.page.close();
  await speaker.call(messages.remove, { roomId, messageId: goneId });
  road.mend();
  const [page, another] = [await reader.openTab(), await reader.openTab()];
  reader.page = page;
  await Promise.all([page.goto(`/rooms/${roomId}`), another.goto(`/rooms/${roomId}`)]);
  await expectAll();
  await hear(1);
  const stored = await timeline(speaker, roomId);
  expect(stored.map(({ text }) => text).filter((text) => text.startsWith('Written'))).toEqual(['Written 0', 'Written 1', 'Written 2']);
  expect(stored.find(({ text }) => text === 'A better plan')).toMatchObject({ version: 1 });
  expect(stored.map(({ text }) => text)).not.toContain('A slip');
  await reader.page.getByText('A better plan').waitFor();
  expect(stored.find(({ text }) => text === 'Heard 0')?.reactions).toEqual([{ emoji: '👍', count: 1 }]);
  // Where there is nothing left to do it to, both tabs tell so; what is let be in one is gone from the other.
  const told = (tab: Page): Locator => tab.getByRole('alert').filter({ hasText: 'Your reaction could not be saved. This message was deleted.' });
  for (const tab of [page, another]) await expect.poll(() => told(tab).count()).toBe(2);
  await told(another).first().getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => told(page).count()).toBe(1);
  await another.close();
});

it('what was refused waits for its author, in whichever tab, and for nobody else', async () => {
  const organizer = await enter(house, 'organizer@rivet.example');
  road.cut();
  await reader.page.getByRole('textbox', { name: /Message/ }).fill('Written 3');
  await reader.page.keyboard.press('Enter');
  await reader.page.getByText(/^Offline since .+\. 1 message will be sent\.$/).waitFor();
  await organizer.call(moderation.setMode, { roomId, mode: { kind: 'read_only' } });
  road.mend();
  const refused = (tab: Page): Locator => tab.getByRole('alert').filter({ hasText: 'Not sent.' });
  await refused(reader.page).waitFor();
  await organizer.call(moderation.setMode, { roomId, mode: { kind: 'normal' } });
  const tab = await reader.openTab();
  await tab.goto(`/rooms/${roomId}`);
  await refused(tab).waitFor();
  await speak(1);
  expect((await timeline(speaker, roomId)).map(({ text }) => text)).not.toContain('Written 3');
  await refused(tab).getByRole('button', { name: 'Try again' }).click();
  said.push('Written 3');
  await expectAll();
  for (const one of [reader.page, tab]) await expect.poll(() => refused(one).count()).toBe(0);
  expect((await timeline(speaker, roomId)).at(-1)?.text).toBe('Written 3');
  await tab.close();
  organizer.socket.disconnect();
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

/** What the list looks like: how it stands, and where its lines do, in pixels below its upper edge. */
interface Sight {
  scrolled: number;
  height: number;
  fromEnd: number;
  tops: [line: number, top: number][];
}

/** Looks at the list once the frame after next is drawn, and puts down what is seen with every frame from now on. */
async function observe(): Promise<Sight> {
  const list = document.querySelector<HTMLElement>('[role="log"]');
  if (list === null) throw new Error('there is no list');
  const see = (): Sight => {
    const edge = list.getBoundingClientRect().top;
    const rows = [...list.querySelectorAll('article')].map((row): [number, number] => [Number(/Line (\d+)\./.exec(row.textContent)?.[1] ?? -1), row.getBoundingClientRect().top - edge]);
    return { scrolled: list.scrollTop, height: list.scrollHeight, fromEnd: list.scrollHeight - list.scrollTop - list.clientHeight, tops: rows.filter(([line]) => line >= 0) };
  };
  const kept = window as unknown as { sights?: Sight[] };
  if (kept.sights === undefined) {
    const sights: Sight[] = [];
    kept.sights = sights;
    const again = (): void => {
      sights.push(see());
      requestAnimationFrame(again);
    };
    again();
  }
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  return see();
}
const lookNow = (): Promise<Sight> => reader.page.evaluate(observe);
const lookBack = (): Promise<Sight[]> => reader.page.evaluate(() => (window as unknown as { sights: Sight[] }).sights);

/** How far the lines that were in sight have moved since: by the one that moved farthest. */
function moved(before: Sight, after: Sight): number {
  const tops = new Map(after.tops);
  const inSight = before.tops.filter(([, top]) => top >= 0 && top < 500);
  return inSight.length === 0 ? Infinity : Math.max(...inSight.map(([line, top]) => Math.abs((tops.get(line) ?? Infinity) - top)));
}

it('the list keeps its place while older pages come in and while what stands above grows', async () => {
  const { page } = reader;
  // More than the newest page holds, and by several, for each may say only so much at a time.
  const others = [await enter(house, 'supporter@rivet.example'), await enter(house, 'organizer@rivet.example')];
  const authors = [speaker, ...others].flatMap((author) => Array<Resident>(27).fill(author));
  const lines = await Promise.all(authors.map((author, line) => author.call(chat.send, { roomId, clientMessageId: randomUUID(), text: `Line ${line}.\n\nAnd more of it.` })));
  await page.setViewportSize({ width: 1_280, height: 700 });
  await page.goto(`/rooms/${roomId}`);
  await page.getByRole('log').getByRole('article').first().waitFor();
  await expect.poll(async () => (await lookNow()).fromEnd).toBeLessThanOrEqual(1);
  // Near enough to the top that the page above is asked for. Nobody scrolls any more when it comes.
  const pageCame = async (): Promise<number> => {
    const sights = await lookBack();
    return sights.findIndex(({ height }, frame) => height > (sights[frame - 1]?.height ?? Infinity) + 1_000);
  };
  await expect.poll(async () => {
    // A list that was just opened may go back to its end once more.
    if ((await lookNow()).fromEnd <= 1) await page.evaluate(() => document.querySelector('[role="log"]')?.scrollTo({ top: 600 }));
    return pageCame();
  }).toBeGreaterThan(0);
  const before = (await lookBack())[(await pageCame()) - 1];
  if (before === undefined) throw new Error('no page came in');
  await expect.poll(async () => moved(before, await lookNow())).toBeLessThanOrEqual(1);

  // The row above grows by an edit and by a reaction. While the reader moves there is no place to keep: it is looked at again.
  let times = 0;
  const growth = async (): Promise<number> => {
    const now = await lookNow();
    const above = now.tops.findLast(([, top]) => top < 0)?.[0] ?? -1;
    const messageId = lines[above]?.id ?? '';
    times += 1;
    await authors[above]?.call(messages.edit, { roomId, messageId, text: `Line ${above}.${'\n\nGrown.'.repeat(times + 1)}` });
    await speaker.call(messages.react, { roomId, messageId, emoji: '🎉', isOn: true });
    await page.getByRole('article').filter({ hasText: `Line ${above}.` }).getByRole('button', { name: 'tada, 1 person' }).waitFor({ state: 'attached' });
    return moved(now, await lookNow());
  };
  await expect.poll(growth).toBeLessThanOrEqual(1);
  for (const { socket } of others) socket.disconnect();
});

it('and at the live end it stays there, and takes no step too far', async () => {
  const { page } = reader;
  await page.getByRole('button', { name: 'To the latest' }).click();
  await expect.poll(async () => (await lookNow()).fromEnd).toBeLessThanOrEqual(1);
  const from = (await lookBack()).length;
  for (let one = 0; one < 5; one += 1) {
    const { id: messageId } = await speaker.call(chat.send, { roomId, clientMessageId: randomUUID(), text: `At the end ${one}` });
    await speaker.call(messages.react, { roomId, messageId, emoji: '🎉', isOn: true });
    await page.getByRole('article').filter({ hasText: `At the end ${one}` }).getByRole('button', { name: 'tada, 1 person' }).waitFor();
    await expect.poll(async () => (await lookNow()).fromEnd).toBeLessThanOrEqual(1);
  }
  // What is said faster than it is drawn runs ahead of the list, which comes after it.
  for (let one = 0; one < 12; one += 1) await speaker.call(chat.send, { roomId, clientMessageId: randomUUID(), text: `Quick ${one}${'\n\nMore.'.repeat(20)}` });
  await page.getByRole('article').filter({ hasText: 'Quick 11' }).waitFor();
  await expect.poll(async () => (await lookNow()).fromEnd).toBeLessThanOrEqual(1);
  const scrolled = (await lookBack()).slice(from).map((sight) => sight.scrolled);
  expect(scrolled.at(-1)).toBeGreaterThan(scrolled[0] ?? Infinity);
  expect(scrolled.filter((top, frame) => top < (scrolled[frame - 1] ?? 0) - 1)).toEqual([]);
});

it('whoever signs out leaves nothing behind that waits', async () => {
  const { page } = reader;
  expect(await keptBack()).toHaveLength(1);
  // By keyboard: the menu is loaded when it is opened, and the focus is in it, and back on its button when it is closed.
  const me = page.getByRole('button', { name: /Kofi Mensah/ });
  await me.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => me.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  // Keys go where the focus is: into the menu, once it has it.
  await expect.poll(() => page.evaluate(() => Boolean(document.activeElement?.closest('[role="menu"]')))).toBe(true);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Sign out');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
  expect(await keptBack()).toEqual([]);
  // All the while nobody complained of anything but the road.
  expect(reader.complaints.filter((complaint) => !/ERR_CONNECTION|ERR_EMPTY_RESPONSE|WebSocket|ERR_SOCKET|Failed to load resource/.test(complaint))).toEqual([]);
});
