/** Entering and leaving rooms, who is here, who is writing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { members } from '../../../shared/contracts/members.js';
import { rights } from '../../../shared/contracts/rights.js';
import { Grant } from '../../../server/models/grant.js';
import { codeOf, dataOf } from '../members/browser.js';
import { openChatHouse, say, type ChatHouse } from './chatHouse.js';

let here: ChatHouse;
beforeEach(async () => {
  here = await openChatHouse();
});
afterEach(() => here.house.close());

describe('chat.join', () => {
  it('enters, and says where the timeline stands and who is here', async () => {
    const { house, lounge } = here;
    const [alice, bob] = [await house.guest({ tier: 'supporter', name: 'Alice' }), await house.guest({ tier: 'supporter', name: 'Bob' })];
    dataOf(await alice.call(chat.join, { roomId: lounge }));
    dataOf(await alice.call(chat.send, say(lounge, 'Hello')));
    const joined = dataOf(await bob.call(chat.join, { roomId: lounge }));
    expect(joined).toMatchObject({ lastSeq: 1, room: { id: lounge, name: 'lounge', canEnter: true, lastSeq: 1, gate: { kind: 'tier', tierKey: 'supporter', rank: 1 } } });
    expect(joined.here).toMatchObject({ roomId: lounge, count: 2, people: [{ name: 'Alice' }, { name: 'Bob' }] });
  });

  it('refuses whoever may not enter as if there were no room, and they hear nothing', async () => {
    const { house, lounge, backstage } = here;
    const [alice, stranger] = [await house.guest({ tier: 'supporter' }), await house.guest()];
    for (const roomId of [lounge, backstage, '0'.repeat(24)]) expect(codeOf(await stranger.call(chat.join, { roomId }))).toBe('room.not_found');
    dataOf(await alice.call(chat.join, { roomId: lounge }));
    dataOf(await alice.call(chat.send, say(lounge, 'Among us')));
    expect(await alice.heard(chat.posted)).toHaveLength(1);
    expect(await stranger.heard(chat.posted)).toEqual([]);
    expect(dataOf(await alice.call(chat.here, { roomId: lounge })).count).toBe(1);
  });

  it('loses nothing between the join’s reply and the history that follows', async () => {
    const { house, general } = here;
    const [alice, bob] = [await house.guest(), await house.guest()];
    const sends = Array.from({ length: 30 }, (_none, index) => alice.call(chat.send, say(general, `Message ${index}`)));
    const { lastSeq } = dataOf(await bob.call(chat.join, { roomId: general }));
    const history = dataOf(await bob.call(chat.history, { roomId: general, after: 0, limit: 200 }));
    await Promise.all(sends);
    const seqs = new Set([...history.messages, ...(await bob.heard(chat.posted)).flatMap(({ messages }) => messages)].map(({ seq }) => seq));
    expect([...seqs].toSorted((one, other) => one - other)).toEqual(Array.from({ length: 30 }, (_none, index) => index + 1));
    expect(history.lastSeq).toBeGreaterThanOrEqual(lastSeq);
  });

  it('sees a right that ended while the door was being opened', async () => {
    const { house, lounge } = here;
    const [alice, bob] = [await house.guest({ tier: 'supporter' }), await house.guest({ tier: 'supporter' })];
    dataOf(await alice.call(chat.join, { roomId: lounge }));
    // This node knows Bob as a supporter for some seconds; the store knows better, and no news of it has come.
    dataOf(await bob.call(chat.here, { roomId: lounge }));
    await Grant.takeGiftsBack(bob.id, new Date());
    expect(codeOf(await bob.call(chat.join, { roomId: lounge }))).toBe('room.not_found');
    dataOf(await alice.call(chat.send, say(lounge, 'Among us')));
    expect(await bob.heard(chat.posted)).toEqual([]);
    expect(dataOf(await alice.call(chat.here, { roomId: lounge })).count).toBe(1);
  });
});

describe('a right that ends', () => {
  it('puts every connection of the member out of the room, with the reason, and nothing more is heard', async () => {
    const { house, lounge, general } = here;
    const organizer = await house.guest({ role: 'organizer' });
    const alice = await house.guest({ tier: 'supporter' });
    const second = await house.guest({ as: alice });
    const bob = await house.guest({ tier: 'supporter' });
    for (const guest of [alice, second, bob]) for (const roomId of [lounge, general]) dataOf(await guest.call(chat.join, { roomId }));

    dataOf(await organizer.ask(members.giveTier, { memberId: alice.id, tierKey: null }));
    for (const guest of [alice, second]) expect(await guest.heard(rights.leftRoom)).toEqual([{ roomId: lounge, reason: 'withdrawn' }]);
    expect(await bob.heard(rights.leftRoom)).toEqual([]);

    dataOf(await bob.call(chat.send, say(lounge, 'Among us')));
    dataOf(await bob.call(chat.send, say(general, 'To all')));
    for (const guest of [alice, second]) expect((await guest.heard(chat.posted)).map(({ roomId }) => roomId)).toEqual([general]);
    expect(codeOf(await alice.call(chat.history, { roomId: lounge }))).toBe('room.not_found');
    expect(dataOf(await bob.call(chat.here, { roomId: lounge })).people.map(({ id }) => id)).toEqual([bob.id]);

    // Given back, the door opens again.
    dataOf(await organizer.ask(members.giveTier, { memberId: alice.id, tierKey: 'supporter' }));
    expect((await alice.call(chat.join, { roomId: lounge })).ok).toBe(true);
  });

  it('ends with the role, too', async () => {
    const { house, backstage } = here;
    const [organizer, host] = [await house.guest({ role: 'organizer' }), await house.guest({ role: 'host' })];
    for (const guest of [organizer, host]) dataOf(await guest.call(chat.join, { roomId: backstage }));
    dataOf(await organizer.ask(members.setRole, { memberId: host.id, role: 'member' }));
    expect(await host.heard(rights.leftRoom)).toEqual([{ roomId: backstage, reason: 'role_changed' }]);
    dataOf(await organizer.call(chat.send, say(backstage, 'Among us')));
    expect(await host.heard(chat.posted)).toEqual([]);
    expect(await organizer.heard(chat.posted)).toHaveLength(1);
  });
});

describe('who is here', () => {
  it('counts a member once, however many connections they have, and tells the room of who comes and goes', async () => {
    const { house, general } = here;
    const [alice, bob] = [await house.guest({ name: 'Alice' }), await house.guest({ name: 'Bob' })];
    const second = await house.guest({ as: bob });
    for (const guest of [alice, bob, second]) dataOf(await guest.call(chat.join, { roomId: general }));
    expect(await alice.next(chat.hereChanged, ({ count }) => count === 2)).toMatchObject({ roomId: general, people: [{ name: 'Alice' }, { name: 'Bob' }] });

    second.close();
    bob.close();
    expect(await alice.next(chat.hereChanged, ({ people }) => people.length === 1 && people[0]?.name === 'Alice')).toMatchObject({ count: 1 });
    expect(dataOf(await alice.call(chat.here, { roomId: general })).people.map(({ name }) => name)).toEqual(['Alice']);
  });

  it('forgets whoever leaves, and they hear nothing more', async () => {
    const { house, general } = here;
    const [alice, bob] = [await house.guest(), await house.guest()];
    for (const guest of [alice, bob]) dataOf(await guest.call(chat.join, { roomId: general }));
    dataOf(await bob.call(chat.leave, { roomId: general }));
    dataOf(await bob.call(chat.leave, { roomId: general }));
    dataOf(await alice.call(chat.send, say(general, 'Gone?')));
    expect(await bob.heard(chat.posted)).toEqual([]);
    expect(await alice.heard(chat.posted)).toHaveLength(1);
    expect(dataOf(await alice.call(chat.here, { roomId: general })).count).toBe(1);
  });

  it('is no business of those who may not enter', async () => {
    const { house, lounge } = here;
    expect(codeOf(await (await house.guest()).call(chat.here, { roomId: lounge }))).toBe('room.not_found');
    expect((await (await house.guest({ tier: 'supporter' })).call(chat.here, { roomId: lounge })).ok).toBe(true);
  });

  it('tells a busy room seldom, and of the last change', async () => {
    const { house, general } = here;
    const alice = await house.guest();
    dataOf(await alice.call(chat.join, { roomId: general }));
    const crowd = await Promise.all(Array.from({ length: 12 }, () => house.guest()));
    await Promise.all(crowd.map((guest) => guest.call(chat.join, { roomId: general })));
    expect((await alice.next(chat.hereChanged, ({ count }) => count === 13)).people).toHaveLength(13);
    expect((await alice.heard(chat.hereChanged)).length).toBeLessThan(13);
  });
});

describe('chat.typing', () => {
  it('is told to the others in the room, and to no tab of the one who writes', async () => {
    const { house, lounge, general } = here;
    const [alice, bob] = [await house.guest({ tier: 'supporter' }), await house.guest({ tier: 'supporter' })];
    const [second, elsewhere] = [await house.guest({ as: alice }), await house.guest({ tier: 'supporter' })];
    for (const guest of [alice, bob, second]) dataOf(await guest.call(chat.join, { roomId: lounge }));
    dataOf(await elsewhere.call(chat.join, { roomId: general }));

    dataOf(await alice.call(chat.typing, { roomId: lounge }));
    expect(await bob.heard(chat.typed)).toMatchObject([{ roomId: lounge, person: { id: alice.id } }]);
    for (const guest of [alice, second, elsewhere]) expect(await guest.heard(chat.typed)).toEqual([]);
  });

  it('is refused to those who may not enter', async () => {
    const { house, lounge } = here;
    const bob = await house.guest({ tier: 'supporter' });
    dataOf(await bob.call(chat.join, { roomId: lounge }));
    expect(codeOf(await (await house.guest()).call(chat.typing, { roomId: lounge }))).toBe('room.not_found');
    expect(await bob.heard(chat.typed)).toEqual([]);
  });
});
