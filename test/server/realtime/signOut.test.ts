import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { members } from '../../../shared/contracts/members.js';
import { openSocket } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, openBrowser, type Browser } from '../members/browser.js';
import { roomFor } from './place.js';

const ada = { email: 'ada@example.org', name: 'Ada', password: 'correct horse battery' };

let house: House;
let roomId: string;
beforeAll(async () => {
  house = await openHouse();
  roomId = await roomFor('free');
  dataOf(await openBrowser(house.url).ask(members.signUp, ada));
});
afterAll(() => house.close());

interface Tab {
  socket: Socket;
  closed: Promise<string>;
}

/** A tab of that browser, with its own connection. */
async function openTab(browser: Browser): Promise<Tab> {
  const socket = await openSocket(house.url, browser.token ?? '');
  return { socket, closed: new Promise((resolve) => socket.once('disconnect', resolve)) };
}

async function signedIn(): Promise<Browser> {
  const browser = openBrowser(house.url);
  dataOf(await browser.ask(members.signIn, { email: ada.email, password: ada.password }));
  return browser;
}

const isAnswered = async ({ socket }: Tab): Promise<boolean> => ((await socket.timeout(8_000).emitWithAck(chat.history.name, { roomId })) as { ok: boolean }).ok;

describe('signing out', () => {
  it('closes every connection of that browser at once, and none of the member’s other ones', async () => {
    const [laptop, phone] = [await signedIn(), await signedIn()];
    const [first, second, other] = [await openTab(laptop), await openTab(laptop), await openTab(phone)];
    expect([await isAnswered(first), await isAnswered(second), await isAnswered(other)]).toEqual([true, true, true]);
    dataOf(await laptop.ask(members.signOut));
    expect([await first.closed, await second.closed]).toEqual(['io server disconnect', 'io server disconnect']);
    expect(await isAnswered(other)).toBe(true);
    await expect(openSocket(house.url, laptop.token ?? '')).rejects.toMatchObject({ data: { code: 'session.expired' } });
    other.socket.disconnect();
  });

  it('from another browser does the same', async () => {
    const [laptop, phone] = [await signedIn(), await signedIn()];
    const [here, there] = [await openTab(laptop), await openTab(phone)];
    const sessions = dataOf(await laptop.ask(members.sessions));
    const phoneSession = sessions.find(({ isThisOne, id }) => !isThisOne && id === house.app.deps.tokens.verify(phone.token ?? '').sessionId);
    dataOf(await laptop.ask(members.endSession, { sessionId: phoneSession?.id ?? '' }));
    expect(await there.closed).toBe('io server disconnect');
    expect(await isAnswered(here)).toBe(true);
    here.socket.disconnect();
  });
});
