import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { community } from '../../../shared/contracts/community.js';
import { headOf } from '../../../server/community/headOf.js';
import { Workshop } from '../../../server/models/workshop.js';
import { openHouse, type House } from '../../support/house.js';
import { codeOf, dataOf, openBrowser } from '../members/browser.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

describe('community.show', () => {
  it('tells anyone what they must know before they sign in', async () => {
    expect(dataOf(await openBrowser(house.url).ask(community.show))).toEqual({
      name: 'Guildhall',
      tagline: '',
      tiers: [{ key: 'free', name: 'Free', rank: 0, perks: [], prices: [] }],
      testMode: true,
      sandboxConsole: true,
      needsOrganizer: true,
      media: { state: 'unavailable', reason: 'this house was opened without live video' },
    });
  });
});

describe('community.save', () => {
  it('gives it its name, for everybody and for the pages’ heads', async () => {
    const organizer = await house.guest({ role: 'organizer' });
    dataOf(await organizer.ask(community.save, { name: 'The Guild', tagline: 'Together' }));
    expect(dataOf(await openBrowser(house.url).ask(community.show))).toMatchObject({ name: 'The Guild', tagline: 'Together', needsOrganizer: false });
    expect(await headOf('/rooms')).toEqual({ title: 'The Guild', description: 'Together' });
  });

  it('is the organizers’ alone, as the outbox is', async () => {
    const host = await house.guest({ role: 'host' });
    expect(codeOf(await host.ask(community.save, { name: 'Mine', tagline: '' }))).toBe('role.required');
    expect(codeOf(await host.ask(community.outbox, {}))).toBe('role.required');
    expect(dataOf(await openBrowser(house.url).ask(community.show)).name).toBe('Guildhall');
  });
});

describe('community.outbox', () => {
  it('keeps mails for reading, newest first, where none are really sent', async () => {
    const organizer = await house.guest({ role: 'organizer' });
    for (const subject of ['First', 'Second']) await house.app.deps.mail.send({ to: 'ada@example.org', subject, text: 'Hello' });
    const outbox = dataOf(await organizer.ask(community.outbox, {}));
    expect(outbox.keepsMails).toBe(true);
    expect(outbox.mails.map(({ subject }) => subject)).toEqual(['Second', 'First']);
  });
});

describe('the head of a page', () => {
  it('names a workshop where there is one, and nothing of a path that is none', async () => {
    const workshop = await Workshop.create({
      clientWorkshopId: 'w',
      title: 'Weaving',
      summary: 'How cloth is made',
      startsAt: new Date(),
      minutes: 60,
      hostIds: [],
      price: { amount: 0, currency: 'eur' },
      capacity: 10,
      roomId: 'a'.repeat(24),
    });
    expect(await headOf(`/workshops/${String(workshop._id)}`)).toEqual({ title: 'Weaving · Guildhall', description: 'How cloth is made' });
    for (const path of ['/', '/workshops/nothing', `/workshops/${'0'.repeat(24)}`, '/workshops/%7B%22$gt%22:1%7D']) expect((await headOf(path)).title).toBe('Guildhall');
  });
});
