/** What stands before every route and behind the last: the parser, the origin check, headers, and errors that tell nothing. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Member } from '../../../server/models/member.js';
import { Session } from '../../../server/models/session.js';
import { Tier } from '../../../server/models/tier.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { codeOf } from './answer.js';

let house: House;
let guest: Guest;
beforeAll(async () => {
  house = await openHouse();
  guest = await house.guest({ name: 'Ada', role: 'organizer' });
});
afterAll(() => house.close());

type Body = NonNullable<RequestInit['body']>;

/** Changes the guest's profile with a body that is written as it is; every field of that route may be left out, so nothing but the parser refuses it. */
const patchMe = (body: Body, headers: Record<string, string>): Promise<Response> => fetch(`${house.url}/api/members/me`, { method: 'PATCH', body, headers: { authorization: `Bearer ${guest.token}`, ...headers } });
const json = { 'content-type': 'application/json' };
const nameNow = async (): Promise<string | undefined> => (await Member.findById(guest.id).lean())?.name;

describe('a body', () => {
  it.each<[string, Body, Record<string, string>]>([
    ['that is cut off', '{"name":"Eve"', json],
    ['that is no JSON', 'name=Eve', json],
    ['that is no object', '"Eve"', json],
    ['that is a list', '[{"name":"Eve"}]', json],
    ['that is null', 'null', json],
    ['that is nested deeper than any stack', `{"name":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, json],
    ['over the limit', `{"name":"Eve"${' '.repeat(64 * 1024)}}`, json],
    ['over the limit once it is unpacked', gzipSync(`{"name":"Eve"${' '.repeat(10_000_000)}}`), { ...json, 'content-encoding': 'gzip' }],
    ['that is not packed as it says', '{"name":"Eve"}', { ...json, 'content-encoding': 'gzip' }],
    ['packed in an unknown way', '{"name":"Eve"}', { ...json, 'content-encoding': 'zebra' }],
    ['in an unknown writing', '{"name":"Eve"}', { 'content-type': 'application/json; charset=klingon' }],
    ['called plain text', '{"name":"Eve"}', { 'content-type': 'text/plain' }],
    ['called a form', '{"name":"Eve"}', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['called nothing', new TextEncoder().encode('{"name":"Eve"}'), {}],
  ])('%s is refused and changes nothing', async (_how, body, headers) => {
    expect(await codeOf(await patchMe(body, headers))).toBe('input.invalid');
    expect(await nameNow()).toBe('Ada');
  });

  it('that is JSON is taken, packed or not', async () => {
    expect(await codeOf(await patchMe(gzipSync('{"name":"Ada L."}'), { ...json, 'content-encoding': 'gzip' }))).toBe('ok');
    expect(await nameNow()).toBe('Ada L.');
    expect(await codeOf(await patchMe('{"name":"Ada"}', { 'content-type': 'application/json; charset=utf-8' }))).toBe('ok');
    expect(await nameNow()).toBe('Ada');
  });

  it('that never ends leaves the house as it was', async () => {
    const line = connect(Number(new URL(house.url).port), '127.0.0.1');
    line.write(`PATCH /api/members/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${guest.token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"name":"Eve"`);
    await once(line, 'connect');
    line.destroy();
    await once(line, 'close');
    expect(await codeOf(await fetch(`${house.url}/api/tiers`))).toBe('ok');
    expect(await nameNow()).toBe('Ada');
  });
});

describe('a request from another site', () => {
  it.each([['https://elsewhere.example'], ['null'], ['http://localhost.elsewhere.example'], ['http://localhost:81'], ['https://localhost'], ['']])('(%s) changes nothing', async (origin) => {
    for (const [method, path] of [['PATCH', '/api/members/me'], ['POST', '/api/session'], ['DELETE', '/api/session'], ['POST', '/api/session/refresh'], ['PUT', '/api/nothing'], ['POST', '/stripe-sandbox/nothing']] as const) {
      const response = await fetch(`${house.url}${path}`, { method, body: '{"name":"Eve"}', headers: { ...json, origin, authorization: `Bearer ${guest.token}` } });
      expect(await codeOf(response), `${method} ${path}`).toBe('origin.refused');
      expect(response.headers.getSetCookie()).toEqual([]);
    }
    expect(await nameNow()).toBe('Ada');
  });

  it('may be the house’s own, or none, and reading is everybody’s', async () => {
    const own: Record<string, string>[] = [{ origin: 'http://localhost' }, { origin: 'http://127.0.0.1' }, {}];
    for (const headers of own) expect(await codeOf(await patchMe('{"name":"Ada"}', { ...json, ...headers }))).toBe('ok');
    expect(await codeOf(await fetch(`${house.url}/api/tiers`, { headers: { origin: 'https://elsewhere.example' } }))).toBe('ok');
  });

  it('is not told that it may read what it was answered', async () => {
    const response = await fetch(`${house.url}/api/members/me`, { headers: { origin: 'https://elsewhere.example', authorization: `Bearer ${guest.token}` } });
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    const preflight = await fetch(`${house.url}/api/members/me`, { method: 'OPTIONS', headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'PATCH' } });
    expect(await codeOf(preflight)).toBe('origin.refused');
  });
});

describe('an answer', () => {
  it('says route.not_found where there is no route, for whatever method', async () => {
    for (const path of ['/api', '/api/', '/api/nothing', '/api/members/me/nothing', '/api/../api/nothing', '/api/people/']) expect(await codeOf(await fetch(`${house.url}${path}`)), path).not.toBe('ok');
    for (const method of ['PUT', 'POST', 'DELETE', 'OPTIONS', 'PROPFIND']) expect(await codeOf(await fetch(`${house.url}/api/tiers/nothing`, { method }))).toBe('route.not_found');
    expect(await codeOf(await fetch(`${house.url}/api/tiers`))).toBe('ok');
  });

  it('has an id of its own, and headers that let a browser do nothing the house does not need', async () => {
    const answers = await Promise.all([fetch(`${house.url}/api/tiers`), fetch(`${house.url}/api/nothing`), fetch(`${house.url}/healthz`)]);
    expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(3);
    for (const { headers } of answers) {
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self';");
      expect(policy).toMatch(/style-src 'self' 'nonce-[A-Za-z0-9+/=]{24}'/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('to what broke tells an id and nothing else', async () => {
    const broken = vi.spyOn(Tier, 'find').mockImplementation(() => {
      throw new Error('the inside of the house');
    });
    const response = await fetch(`${house.url}/api/tiers`);
    broken.mockRestore();
    const text = await response.clone().text();
    expect(await codeOf(response)).toBe('server.broke');
    expect(JSON.parse(text)).toEqual({ ok: false, failure: { code: 'server.broke', data: { requestId: response.headers.get('x-request-id') } } });
  });

  it('to a token that proves nobody is a refusal, even where anyone may ask', async () => {
    for (const authorization of ['Bearer garbage', 'Bearer', 'Basic YTpi', `Bearer ${guest.token}x`, randomUUID()]) expect(await codeOf(await fetch(`${house.url}/api/tiers`, { headers: { authorization } }))).toBe('session.expired');
    expect(await codeOf(await fetch(`${house.url}/api/members/me`))).toBe('session.required');
    expect(await codeOf(await fetch(`${house.url}/api/members/me?token=${guest.token}`))).toBe('session.required');
  });
});

describe('the console of the Stripe sandbox', () => {
  const console = (path = '', init: RequestInit = {}): Promise<Response> => fetch(`${house.url}/stripe-sandbox/console${path}`, { redirect: 'manual', ...init });
  const replay = { method: 'POST', body: new URLSearchParams({ declinePayments: '1' }) };
  const asCookie = ({ token }: { token: string }) => ({ cookie: `guildhall_console=${token}` });

  it('is the organizers’ alone: for everybody else, and once their session is over, no such page exists', async () => {
    const others = [await house.guest(), await house.guest({ role: 'moderator' }), await house.guest({ role: 'host' })];
    const strangers: Record<string, string>[] = [{}, { authorization: `Bearer ${guest.token}` }, asCookie({ token: 'no token' }), ...others.map(asCookie)];
    for (const headers of strangers) {
      expect(await codeOf(await console('', { headers }))).toBe('route.not_found');
      expect(await codeOf(await console('/faults', { ...replay, headers }))).toBe('route.not_found');
    }
    expect(house.sandbox.faults.plan.declinePayments).toBe(0);
    const other = await house.guest({ role: 'organizer' });
    expect((await console('', { headers: asCookie(other) })).status).toBe(200);
    expect(await codeOf(await console('/faults', { ...replay, headers: { ...asCookie(other), origin: 'https://elsewhere.example' } }))).toBe('origin.refused');
    expect(house.sandbox.faults.plan.declinePayments).toBe(0);
    expect((await console('/faults', { ...replay, headers: asCookie(other) })).status).toBe(303);
    expect(house.sandbox.faults.plan.declinePayments).toBe(1);
    house.sandbox.faults.clear();
    await Session.updateOne({ _id: other.sessionId }, { $set: { endedAt: new Date() } });
    expect(await codeOf(await console('', { headers: asCookie(other) }))).toBe('route.not_found');
  });

  it('is opened by signing in, for the browser’s pages of the sandbox only, and closed by signing out', async () => {
    const account = { email: `${randomUUID()}@example.org`, name: 'Olga', password: 'correct horse battery' };
    const send = async (method: string, path: string, body: object): Promise<string[]> =>
      (await fetch(`${house.url}${path}`, { method, body: JSON.stringify(body), headers: json })).headers.getSetCookie().filter((line) => line.startsWith('guildhall_console'));
    const { email, password } = account;
    expect(await send('POST', '/api/members', account)).toEqual([expect.stringMatching(/^guildhall_console=;.*Expires=Thu, 01 Jan 1970/)]);
    await Member.updateOne({ email }, { $set: { role: 'organizer' } });
    const [line = ''] = await send('POST', '/api/session', { email, password });
    expect(line).toMatch(/^guildhall_console=[\w.-]+; Path=\/stripe-sandbox; HttpOnly; SameSite=Strict$/);
    expect((await console('', { headers: { cookie: line.split(';')[0] ?? '' } })).status).toBe(200);
    expect(await send('DELETE', '/api/session', {})).toEqual([expect.stringMatching(/^guildhall_console=;/)]);
  });
});
