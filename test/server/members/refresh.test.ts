import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { members } from '../../../shared/contracts/members.js';
import { Session } from '../../../server/models/session.js';
import { openSocket } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { codeOf, dataOf, openBrowser, type Browser } from './browser.js';

const ada = { email: 'ada@example.org', name: 'Ada', password: 'correct horse battery' };

let house: House;
let time: number;
let browser: Browser;

const later = (seconds: number): void => {
  time += seconds * 1000;
};

beforeEach(async () => {
  time = Date.now();
  house = await openHouse({ now: () => new Date(time) });
  browser = openBrowser(house.url);
  dataOf(await browser.ask(members.signUp, ada));
});
afterEach(() => house.close());

/** Another browser that has got hold of what this one keeps. */
function copyOf(original: Browser): Browser {
  return Object.assign(openBrowser(house.url), { cookie: original.cookie });
}

describe('members.refresh', () => {
  it('gives a new access token and a new cookie, again and again', async () => {
    const seen = new Set<string | null>([browser.cookie]);
    for (let turn = 0; turn < 3; turn += 1) {
      later(300);
      expect(dataOf(await browser.ask(members.refresh)).me.email).toBe(ada.email);
      expect(codeOfOrOk(await browser.ask(members.me))).toBe('ok');
      seen.add(browser.cookie);
    }
    expect(seen.size).toBe(4);
    expect(await Session.countDocuments()).toBe(1);
  });

  it('hands tabs that race the very same next cookie, which is good', async () => {
    const tabs = [copyOf(browser), copyOf(browser), copyOf(browser)];
    for (const reply of await Promise.all(tabs.map((tab) => tab.ask(members.refresh)))) expect(reply.ok).toBe(true);
    expect(new Set(tabs.map((tab) => tab.cookie)).size).toBe(1);
    later(300);
    expect((await (tabs[0] as Browser).ask(members.refresh)).ok).toBe(true);
  });

  it('hands the same next cookie again when the reply was lost on its way', async () => {
    const lost = copyOf(browser);
    await lost.ask(members.refresh);
    later(9);
    expect((await browser.ask(members.refresh)).ok).toBe(true);
    expect(browser.cookie).toBe(lost.cookie);
    later(3600);
    browser.token = null;
    expect((await browser.ask(members.refresh)).ok).toBe(true);
  });

  it('ends the family on every connection when a cookie comes back after its grace', async () => {
    const thief = copyOf(browser);
    later(60);
    await browser.ask(members.refresh);
    const socket = await openSocket(house.url, browser.token ?? '');
    const disconnected = new Promise<string>((resolve) => socket.once('disconnect', resolve));
    later(11);
    expect(codeOf(await thief.ask(members.refresh))).toBe('session.reused');
    expect(thief.cookie).toBeNull();

    expect(await disconnected).toBe('io server disconnect');
    expect(codeOf(await browser.ask(members.me))).toBe('session.expired');
    browser.token = null;
    expect(codeOf(await browser.ask(members.refresh))).toBe('session.expired');
  });

  it('knows a cookie that is many turns old, too', async () => {
    const thief = copyOf(browser);
    for (let turn = 0; turn < 3; turn += 1) {
      later(60);
      await browser.ask(members.refresh);
    }
    expect(codeOf(await thief.ask(members.refresh))).toBe('session.reused');
  });

  it('leaves other browsers of the member alone when one family ends', async () => {
    const other = openBrowser(house.url);
    dataOf(await other.ask(members.signIn, { email: ada.email, password: ada.password }));
    const thief = copyOf(browser);
    await browser.ask(members.refresh);
    later(60);
    expect(codeOf(await thief.ask(members.refresh))).toBe('session.reused');
    expect((await other.ask(members.refresh)).ok).toBe(true);
  });

  it.each([
    ['no cookie', null, 'session.required'],
    ['a cookie of another form', 'nonsense', 'session.required'],
    ['a cookie of a family nobody knows', `${'a'.repeat(43)}.${'b'.repeat(43)}`, 'session.expired'],
  ])('refuses %s, and ends nothing', async (_name, cookie, code) => {
    const stranger = Object.assign(openBrowser(house.url), { cookie });
    expect(codeOf(await stranger.ask(members.refresh))).toBe(code);
    expect((await browser.ask(members.refresh)).ok).toBe(true);
  });

  it('refuses a browser that stayed away for more than thirty days', async () => {
    later(29 * 86_400);
    browser.token = null;
    expect((await browser.ask(members.refresh)).ok).toBe(true);
    later(30 * 86_400 + 1);
    browser.token = null;
    expect(codeOf(await browser.ask(members.refresh))).toBe('session.expired');
  });
});

const codeOfOrOk = (reply: Parameters<typeof codeOf>[0]): string => (reply.ok ? 'ok' : codeOf(reply));

describe('signing out', () => {
  it('ends the session, its connections and its cookie', async () => {
    const socket = await openSocket(house.url, browser.token ?? '');
    const disconnected = new Promise<string>((resolve) => socket.once('disconnect', resolve));
    const kept = copyOf(browser);
    expect((await browser.ask(members.signOut)).ok).toBe(true);
    expect(await disconnected).toBe('io server disconnect');
    expect(browser.cookie).toBeNull();
    expect(codeOf(await browser.ask(members.me))).toBe('session.expired');
    expect(codeOf(await kept.ask(members.refresh))).toBe('session.expired');
  });

  it('works by the cookie alone, and twice', async () => {
    const kept = copyOf(browser);
    expect((await kept.ask(members.signOut)).ok).toBe(true);
    expect((await kept.ask(members.signOut)).ok).toBe(true);
    expect(codeOf(await browser.ask(members.me))).toBe('session.expired');
  });
});

describe('the member’s browsers', () => {
  it('are listed by what they are, this one marked', async () => {
    later(60);
    const phone = openBrowser(house.url, 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1');
    dataOf(await phone.ask(members.signIn, { email: ada.email, password: ada.password }));
    expect(dataOf(await phone.ask(members.sessions)).map(({ device, isThisOne }) => ({ device, isThisOne }))).toEqual([
      { device: 'Safari · iPhone', isThisOne: true },
      { device: 'Firefox · Linux', isThisOne: false },
    ]);
  });

  it('are ended one by one, and only one’s own', async () => {
    const phone = openBrowser(house.url);
    dataOf(await phone.ask(members.signIn, { email: ada.email, password: ada.password }));
    const eve = await house.guest();
    const sessions = dataOf(await browser.ask(members.sessions));
    const sessionId = sessions.find(({ isThisOne }) => !isThisOne)?.id ?? '';

    expect((await eve.ask(members.endSession, { sessionId })).ok).toBe(true);
    expect((await phone.ask(members.me)).ok).toBe(true);

    expect((await browser.ask(members.endSession, { sessionId })).ok).toBe(true);
    expect(codeOf(await phone.ask(members.me))).toBe('session.expired');
    expect((await browser.ask(members.me)).ok).toBe(true);
  });

  it('are all signed out by a new password, but for the one that set it', async () => {
    const phone = openBrowser(house.url);
    dataOf(await phone.ask(members.signIn, { email: ada.email, password: ada.password }));

    expect(codeOf(await browser.ask(members.changePassword, { current: 'wrong horse battery', next: 'another horse battery' }))).toBe('member.wrong_credentials');
    expect((await phone.ask(members.me)).ok).toBe(true);

    expect((await browser.ask(members.changePassword, { current: ada.password, next: 'another horse battery' })).ok).toBe(true);
    expect((await browser.ask(members.me)).ok).toBe(true);
    expect(codeOf(await phone.ask(members.me))).toBe('session.expired');
    expect(codeOf(await openBrowser(house.url).ask(members.signIn, { email: ada.email, password: ada.password }))).toBe('member.wrong_credentials');
    expect((await openBrowser(house.url).ask(members.signIn, { email: ada.email, password: 'another horse battery' })).ok).toBe(true);
  });
});

describe('the profile', () => {
  it('changes what is given and leaves the rest', async () => {
    expect(dataOf(await browser.ask(members.updateProfile, { theme: 'dark' }))).toMatchObject({ name: 'Ada', theme: 'dark', language: 'en' });
    expect(dataOf(await browser.ask(members.updateProfile, { name: 'Ada L.', language: 'zh-CN' }))).toMatchObject({ name: 'Ada L.', theme: 'dark', language: 'zh-CN' });
    expect(dataOf(await browser.ask(members.me))).toMatchObject({ name: 'Ada L.', theme: 'dark', language: 'zh-CN' });
  });
});
