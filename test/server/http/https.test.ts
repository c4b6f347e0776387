import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { members } from '../../../shared/contracts/members.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, openBrowser } from '../members/browser.js';
import { codeOf } from './answer.js';

const ada = { email: 'ada@example.org', name: 'Ada', password: 'correct horse battery' };

let house: House;
let plain: House;
beforeAll(async () => {
  house = await openHouse({ publicUrl: 'https://guild.example.org' });
  plain = await openHouse({ beside: house });
});
afterAll(async () => {
  await plain.close();
  await house.close();
});

describe('a house that people reach by https', () => {
  it('gives its cookie to nobody who comes without', async () => {
    const [secure, local] = [openBrowser(house.url), openBrowser(plain.url)];
    dataOf(await secure.ask(members.signUp, ada));
    dataOf(await local.ask(members.signUp, { ...ada, email: 'eve@example.org' }));
    expect(secure.cookieLine).toMatch(/; HttpOnly; Secure; SameSite=Strict/);
    expect(local.cookieLine).not.toContain('Secure');
    dataOf(await secure.ask(members.signOut));
    expect(secure.cookie).toBeNull();
    expect(secure.cookieLine).toMatch(/; HttpOnly; Secure; SameSite=Strict/);
  });

  it('tells browsers to stay with https, which a plain one must not', async () => {
    const headersOf = async ({ url }: House): Promise<Headers> => (await fetch(`${url}/healthz`)).headers;
    const [secure, local] = [await headersOf(house), await headersOf(plain)];
    expect(secure.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
    expect(secure.get('content-security-policy')).toContain('upgrade-insecure-requests');
    expect([local.get('strict-transport-security'), local.get('content-security-policy')?.includes('upgrade')]).toEqual([null, false]);
  });

  it('has one origin: its own, with https', async () => {
    const from = async (origin: string): Promise<string> => codeOf(await fetch(`${house.url}/api/session`, { method: 'DELETE', headers: { origin } }));
    expect(await from('https://guild.example.org')).toBe('ok');
    for (const origin of ['http://guild.example.org', 'https://guild.example.org:444', 'https://guild.example.org.elsewhere.example', 'http://localhost']) expect(await from(origin)).toBe('origin.refused');
  });
});
