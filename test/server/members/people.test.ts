import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { members } from '../../../shared/contracts/members.js';
import { community } from '../../../shared/contracts/community.js';
import { rights } from '../../../shared/contracts/rights.js';
import { tiers } from '../../../shared/contracts/tiers.js';
import { offerSetup } from '../../../server/members/offerSetup.js';
import { Community } from '../../../server/models/community.js';
import { Grant } from '../../../server/models/grant.js';
import { Member } from '../../../server/models/member.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { codeOf, dataOf, openBrowser } from './browser.js';

const nobody = '0'.repeat(24);

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

async function saveTiers(organizer: Guest): Promise<void> {
  for (const [rank, key] of ['', 'supporter', 'patron'].entries()) if (key) dataOf(await organizer.ask(tiers.save, { key, name: key, rank, perks: [] }));
}

describe('members.setRole', () => {
  it('gives a role, and the member is told', async () => {
    const [organizer, ada] = [await house.guest({ role: 'organizer' }), await house.guest()];
    expect(dataOf(await organizer.ask(members.setRole, { memberId: ada.id, role: 'host' }))).toMatchObject({ id: ada.id, role: 'host' });
    expect(await ada.heard(rights.changed)).toMatchObject([{ change: 'started', scope: null }]);
    expect(dataOf(await ada.ask(members.me, {})).role).toBe('host');
  });

  it('refuses to leave the house without an organizer', async () => {
    const [organizer, second] = [await house.guest({ role: 'organizer' }), await house.guest({ role: 'organizer' })];
    expect(dataOf(await organizer.ask(members.setRole, { memberId: second.id, role: 'member' })).role).toBe('member');
    expect(codeOf(await organizer.ask(members.setRole, { memberId: organizer.id, role: 'member' }))).toBe('member.last_organizer');
    expect(dataOf(await organizer.ask(members.people, {})).filter(({ role }) => role === 'organizer')).toHaveLength(1);
  });

  it('leaves one organizer when all of them take each other’s role away at once', async () => {
    const organizers = await Promise.all(Array.from({ length: 4 }, () => house.guest({ role: 'organizer' })));
    const replies = await Promise.all(organizers.map((one, index) => one.ask(members.setRole, { memberId: (organizers[(index + 1) % 4] as Guest).id, role: 'member' })));
    expect(await Member.countDocuments({ role: 'organizer' })).toBe(1);
    expect(replies.filter((reply) => reply.ok)).toHaveLength(3);
  });

  it('finishes a change that a crash has left half done, before it judges the next', async () => {
    const [first, second] = [await house.guest({ role: 'organizer' }), await house.guest({ role: 'organizer' })];
    // Decided, and then the node died: the member's own document does not say so yet.
    const memberId = (await Member.findById(second.id).orFail().lean())._id;
    expect(await Community.decideRole({ number: 1, memberId, role: 'member' })).toBe(true);
    expect(codeOf(await first.ask(members.setRole, { memberId: first.id, role: 'member' }))).toBe('member.last_organizer');
    expect((await Member.findById(second.id).lean())?.role).toBe('member');
  });

  it('is the organizers’ alone', async () => {
    const [host, ada] = [await house.guest({ role: 'host' }), await house.guest()];
    for (const guest of [host, ada]) {
      expect(codeOf(await guest.ask(members.setRole, { memberId: ada.id, role: 'organizer' }))).toBe('role.required');
      expect(codeOf(await guest.ask(members.people, {}))).toBe('role.required');
      expect(codeOf(await guest.ask(members.giveTier, { memberId: ada.id, tierKey: null }))).toBe('role.required');
    }
    expect((await Member.findById(ada.id).lean())?.role).toBe('member');
  });

  it('knows nobody by an id that is nobody’s', async () => {
    const organizer = await house.guest({ role: 'organizer' });
    expect(codeOf(await organizer.ask(members.setRole, { memberId: nobody, role: 'host' }))).toBe('member.not_found');
    expect(codeOf(await organizer.ask(members.giveTier, { memberId: nobody, tierKey: null }))).toBe('member.not_found');
  });
});

describe('members.giveTier', () => {
  it('gives, changes and takes back, and the member is told each time', async () => {
    const [organizer, ada] = [await house.guest({ role: 'organizer' }), await house.guest()];
    await saveTiers(organizer);
    const give = async (tierKey: string | null) => dataOf(await organizer.ask(members.giveTier, { memberId: ada.id, tierKey })).tier.key;

    expect([await give('patron'), await give('supporter'), await give('supporter'), await give(null), await give('patron')]).toEqual(['patron', 'supporter', 'supporter', 'free', 'patron']);
    expect(await ada.heard(rights.changed)).toEqual([
      { change: 'started', scope: { kind: 'tier', tierKey: 'patron' }, reason: null },
      { change: 'ended', scope: { kind: 'tier', tierKey: 'patron' }, reason: 'withdrawn' },
      { change: 'ended', scope: { kind: 'tier', tierKey: 'supporter' }, reason: 'withdrawn' },
      { change: 'started', scope: { kind: 'tier', tierKey: 'patron' }, reason: null },
    ]);
    expect(dataOf(await ada.ask(members.me, {})).tier.key).toBe('patron');
    expect(dataOf(await organizer.ask(members.people, {})).find(({ id }) => id === ada.id)?.tier.key).toBe('patron');
  });

  it('keeps one gift of several given at once', async () => {
    const [organizer, ada] = [await house.guest({ role: 'organizer' }), await house.guest()];
    await saveTiers(organizer);
    await Promise.all(['supporter', 'patron', 'supporter', 'patron'].map((tierKey) => organizer.ask(members.giveTier, { memberId: ada.id, tierKey })));
    expect(await Grant.countDocuments({ memberId: ada.id, endsAt: null })).toBe(1);
  });

  it('leaves what was paid for alone', async () => {
    const [organizer, ada] = [await house.guest({ role: 'organizer' }), await house.guest()];
    await saveTiers(organizer);
    await Grant.giveOnce(ada.id, { kind: 'tier', ref: 'patron' }, { kind: 'ticket', id: 'an order' }, new Date());
    expect(dataOf(await organizer.ask(members.giveTier, { memberId: ada.id, tierKey: 'supporter' })).tier.key).toBe('patron');
    expect(dataOf(await organizer.ask(members.giveTier, { memberId: ada.id, tierKey: null })).tier.key).toBe('patron');
  });

  it.each(['nothing-like-it', 'free'])('does not give %s', async (tierKey) => {
    const [organizer, ada] = [await house.guest({ role: 'organizer' }), await house.guest()];
    expect(codeOf(await organizer.ask(members.giveTier, { memberId: ada.id, tierKey }))).toBe('tier.not_found');
    expect(await Grant.countDocuments()).toBe(0);
  });
});

describe('members.becomeOrganizer', () => {
  const ada = { email: 'ada@example.org', name: 'Ada', password: 'correct horse battery' };
  const tokenOf = (link: string | null): string => new URL(link ?? '').searchParams.get('token') ?? '';
  const needsOrganizer = async (): Promise<boolean> => dataOf(await openBrowser(house.url).ask(community.show)).needsOrganizer;

  it('makes the first organizer by the link, once', async () => {
    const token = tokenOf(await offerSetup(house.app.deps));
    expect(await needsOrganizer()).toBe(true);
    const browser = openBrowser(house.url);
    expect(dataOf(await browser.ask(members.becomeOrganizer, { ...ada, token })).me.role).toBe('organizer');
    expect((await browser.ask(members.people)).ok).toBe(true);

    expect(await needsOrganizer()).toBe(false);
    expect(codeOf(await openBrowser(house.url).ask(members.becomeOrganizer, { ...ada, email: 'eve@example.org', token }))).toBe('setup.closed');
    expect(await offerSetup(house.app.deps)).toBeNull();
  });

  it('makes one of all who come with the link at once', async () => {
    const token = tokenOf(await offerSetup(house.app.deps));
    const replies = await Promise.all([1, 2, 3].map((count) => openBrowser(house.url).ask(members.becomeOrganizer, { ...ada, email: `ada${count}@example.org`, token })));
    expect(replies.filter((reply) => reply.ok)).toHaveLength(1);
    expect(await Member.countDocuments()).toBe(1);
  });

  it('refuses any other token, and one that a newer link has replaced', async () => {
    const old = tokenOf(await offerSetup(house.app.deps));
    const token = tokenOf(await offerSetup(house.app.deps));
    for (const wrong of [old, 'x'.repeat(43)]) expect(codeOf(await openBrowser(house.url).ask(members.becomeOrganizer, { ...ada, token: wrong }))).toBe('setup.closed');
    expect(await Member.countDocuments()).toBe(0);
    expect((await openBrowser(house.url).ask(members.becomeOrganizer, { ...ada, token })).ok).toBe(true);
  });

  it('keeps the link good when the e-mail is taken', async () => {
    await openBrowser(house.url).ask(members.signUp, ada);
    const token = tokenOf(await offerSetup(house.app.deps));
    expect(codeOf(await openBrowser(house.url).ask(members.becomeOrganizer, { ...ada, token }))).toBe('member.email_taken');
    expect((await openBrowser(house.url).ask(members.becomeOrganizer, { ...ada, email: 'ada2@example.org', token })).ok).toBe(true);
  });
});
