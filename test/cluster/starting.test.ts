/** How the house starts: what it prints, what it refuses, and what it leaves alone. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { community } from '../../shared/contracts/community.js';
import { members } from '../../shared/contracts/members.js';
import { rooms } from '../../shared/contracts/rooms.js';
import { askRoute } from '../support/guest.js';
import { freePort, startServer } from '../support/processes.js';
import { enter, openLiveHouse, openRoom } from './liveHouse.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-start-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const inFolder = (name: string): string => path.join(folder, name);
const stripe = { STRIPE_SECRET_KEY: `sk_test_${randomUUID()}`, STRIPE_WEBHOOK_SECRET: `whsec_${randomUUID()}` };

describe('a wrong configuration', () => {
  it('is told in full, by names and without values, and nothing is opened', async () => {
    const start = startServer({ PORT: 'none', MONGODB_URI: 'hidden', DEMO: 'maybe', STRIPE_SECRET_KEY: stripe.STRIPE_SECRET_KEY, DATA_DIR: inFolder('data') });
    const { message } = await start.then(
      () => new Error('it started'),
      (error: Error) => error,
    );
    expect(message).toMatch(/ended with 1\nThe configuration has problems:\n/);
    expect(message.match(/^ {2}[A-Z_]+:/gm)).toEqual(['  PORT:', '  MONGODB_URI:', '  DEMO:', '  STRIPE_WEBHOOK_SECRET:']);
    expect(message).not.toContain(stripe.STRIPE_SECRET_KEY);
    expect(existsSync(inFolder('data'))).toBe(false);
  });

  it('is told too when it shows only on opening: a port that is taken', async () => {
    const first = await openLiveHouse(inFolder('first'));
    const port = new URL(first.url).port;
    await expect(startServer({ PORT: port, DATA_DIR: inFolder('second') })).rejects.toThrow(new RegExp(`ended with 1\n[^]*PORT: ${port} is taken by another program`));
    // The first one is not disturbed, and keeps its own folder to itself.
    await expect(startServer({ PORT: String(await freePort()), DATA_DIR: inFolder('first') })).rejects.toThrow(/already open in process/);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    expect(await first.stop()).toBe(0);
  });
});

describe('the first start', () => {
  it('with nothing configured seeds a demo once, and prints how to sign in, each time', async () => {
    const first = await openLiveHouse(folder);
    const organizer = await enter(first, 'organizer@rivet.example');
    const before = await organizer.ask(members.people, {});
    organizer.socket.disconnect();
    expect(await first.stop()).toBe(0);
    const second = await openLiveHouse(folder, { PORT: new URL(first.url).port });
    const again = await enter(second, 'organizer@rivet.example');
    expect(await again.ask(members.people, {})).toEqual(before);
    expect(await openRoom(again)).toMatch(/^[0-9a-f]{24}$/);
    again.socket.disconnect();
    expect(await second.stop()).toBe(0);
  });

  it('with DEMO=off seeds nothing, and prints a link that makes the first organizer, once', async () => {
    const first = await openLiveHouse(folder, { DEMO: 'off' });
    const token = /\/setup\?token=(\S+)/.exec(first.output())?.[1] ?? '';
    expect(first.output()).toContain(`http://localhost:${new URL(first.url).port}/setup?token=${token}`);
    expect(await askRoute(first.url, community.show, {})).toMatchObject({ ok: true, data: { needsOrganizer: true } });
    const person = (name: string) => ({ email: `${name}@example.org`, name, password: 'correct horse battery' });
    expect(await askRoute(first.url, members.becomeOrganizer, { ...person('eve'), token: `${token.slice(0, -1)}-` })).toMatchObject({ failure: { code: 'setup.closed' } });
    const made = await askRoute(first.url, members.becomeOrganizer, { ...person('ada'), token });
    if (!made.ok) throw new Error(made.failure.code);
    expect(made.data.me.role).toBe('organizer');
    expect(await askRoute(first.url, rooms.list, {}, { authorization: `Bearer ${made.data.accessToken}` })).toEqual({ ok: true, data: [] });
    expect(await askRoute(first.url, members.becomeOrganizer, { ...person('eve'), token })).toMatchObject({ failure: { code: 'setup.closed' } });
    expect(await first.stop()).toBe(0);

    const second = await openLiveHouse(folder, { DEMO: 'off' });
    expect(second.output()).not.toContain('/setup?token=');
    expect(await askRoute(second.url, members.becomeOrganizer, { ...person('eve'), token })).toMatchObject({ failure: { code: 'setup.closed' } });
    expect(await second.stop()).toBe(0);
  });
});

describe('the Stripe sandbox', () => {
  it('is there without a key, and nowhere with a real one', async () => {
    const played = await openLiveHouse(inFolder('played'));
    const pageOf = async ({ url }: { url: string }): Promise<string> => (await fetch(`${url}/stripe-sandbox/c/nothing`)).text();
    expect(await pageOf(played)).toMatch(/test mode/i);
    expect(existsSync(inFolder('played/stripe-sandbox'))).toBe(true);
    expect(await played.stop()).toBe(0);

    const real = await openLiveHouse(inFolder('real'), { ...stripe, STRIPE_SECRET_KEY: `sk_live_${randomUUID()}` });
    expect(existsSync(inFolder('real/stripe-sandbox'))).toBe(false);
    expect(await askRoute(real.url, community.show, {})).toMatchObject({ ok: true, data: { testMode: false } });
    expect(await pageOf(real)).not.toMatch(/test mode/i);
    expect(await real.stop()).toBe(0);
  });
});
