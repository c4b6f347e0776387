import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { members } from '../../../shared/contracts/members.js';
import { Member } from '../../../server/models/member.js';
import { Session } from '../../../server/models/session.js';
import { askRoute } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { codeOf, dataOf, openBrowser } from './browser.js';

const ada = { email: 'ada@example.org', name: 'Ada', password: 'correct horse battery' };

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

describe('members.signUp', () => {
  it('makes a member of the free tier who is signed in', async () => {
    const browser = openBrowser(house.url);
    const session = dataOf(await browser.ask(members.signUp, { ...ada, language: 'zh-CN' }));
    expect(session.me).toMatchObject({ name: 'Ada', email: ada.email, role: 'member', language: 'zh-CN', theme: 'system', tier: { rank: 0 } });
    expect(dataOf(await browser.ask(members.me))).toEqual(session.me);
  });

  it('keeps the password as an argon2id hash alone, with the parameters OWASP asks for', async () => {
    dataOf(await openBrowser(house.url).ask(members.signUp, ada));
    const stored = await Member.findOne({ email: ada.email }).select('+passwordHash').lean();
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(stored)).not.toContain(ada.password);
  });

  it('keeps the refresh token from scripts and other sites, and only its hash', async () => {
    const browser = openBrowser(house.url);
    await browser.ask(members.signUp, ada);
    expect(browser.cookieLine).toMatch(/; HttpOnly/);
    expect(browser.cookieLine).toMatch(/; SameSite=Strict/);
    expect(browser.cookieLine).toMatch(/; Path=\/api\/session;/);
    const stored = JSON.stringify(await Session.find().lean());
    for (const part of browser.cookie?.split('.') ?? ['nothing']) {
      expect(part).toHaveLength(43);
      expect(stored).not.toContain(part);
    }
  });

  it('refuses an e-mail that is taken, in whatever writing, and makes nobody', async () => {
    await openBrowser(house.url).ask(members.signUp, ada);
    const second = await openBrowser(house.url).ask(members.signUp, { ...ada, email: 'ADA@example.org', name: 'Eve' });
    expect(codeOf(second)).toBe('member.email_taken');
    expect(await Member.countDocuments()).toBe(1);
  });

  it('makes one member of two who sign up with one e-mail at once', async () => {
    const replies = await Promise.all([1, 2, 3].map(() => openBrowser(house.url).ask(members.signUp, ada)));
    expect(replies.filter((reply) => reply.ok)).toHaveLength(1);
    expect(await Member.countDocuments()).toBe(1);
  });
});

describe('members.signIn', () => {
  beforeEach(async () => {
    await openBrowser(house.url).ask(members.signUp, ada);
  });

  it('signs in by e-mail and password', async () => {
    const browser = openBrowser(house.url);
    expect(dataOf(await browser.ask(members.signIn, { email: 'Ada@Example.org', password: ada.password })).me.name).toBe('Ada');
    expect(dataOf(await browser.ask(members.me)).email).toBe(ada.email);
  });

  it('answers a wrong password and an unknown e-mail alike, and sets no cookie', async () => {
    const browser = openBrowser(house.url);
    const wrong = await browser.ask(members.signIn, { email: ada.email, password: 'wrong horse battery' });
    const unknown = await browser.ask(members.signIn, { email: 'nobody@example.org', password: ada.password });
    expect(codeOf(wrong)).toBe('member.wrong_credentials');
    expect(unknown).toEqual(wrong);
    expect(browser.cookie).toBeNull();
  });

  it('counts the tries of one address together, whoever’s token comes with them', async () => {
    const askers = await Promise.all(Array.from({ length: 11 }, () => house.guest()));
    const codes: string[] = [];
    for (const [place, { token }] of askers.entries()) {
      const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': '192.0.2.100' };
      codes.push(codeOf(await askRoute(house.url, members.signIn, { email: `nobody-${place}@example.org`, password: 'x' }, headers)));
    }
    expect(codes).toEqual([...Array.from({ length: 10 }, () => 'member.wrong_credentials'), 'limits.too_many']);
  });

  it('counts the tries of one account from all addresses together', async () => {
    const codes: string[] = [];
    for (let place = 1; place <= 21; place += 1) {
      codes.push(codeOf(await askRoute(house.url, members.signIn, { email: ada.email, password: 'wrong horse battery' }, { 'x-forwarded-for': `192.0.2.${place}` })));
    }
    expect(codes.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'member.wrong_credentials'));
    expect(codes[20]).toBe('limits.too_many');
    // Another account is not touched by it.
    expect(codeOf(await openBrowser(house.url).ask(members.signIn, { email: 'nobody@example.org', password: 'x' }))).toBe('member.wrong_credentials');
  });
});
