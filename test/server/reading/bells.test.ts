/** Who hears that something was said: the bell of a room, and whoever is called. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { members } from '../../../shared/contracts/members.js';
import { messages } from '../../../shared/contracts/messages.js';
import { reading } from '../../../shared/contracts/reading.js';
import { rooms } from '../../../shared/contracts/rooms.js';
import { Room } from '../../../server/models/room.js';
import { enterableRooms } from '../../../server/access/enterableRooms.js';
import { mayEnterRoom } from '../../../server/access/accessRoom.js';
import { loadActor } from '../../../server/access/actor.js';
import type { Guest } from '../../support/guest.js';
import { dataOf } from '../members/browser.js';
import { publish, ticketHolder } from '../workshops/aWorkshop.js';
import { openChatHouse, type ChatHouse } from '../chat/chatHouse.js';
import { badge, calling, listOf, speak } from './readHouse.js';

let here: ChatHouse;
let organizer: Guest;
beforeAll(async () => {
  here = await openChatHouse();
  organizer = await here.house.guest({ role: 'organizer' });
  await listOf(organizer);
});
afterAll(() => here.house.close());

/** The rings of one room's bell that a guest has heard. */
async function rings(guest: Guest, roomId: string) {
  return (await guest.heard(reading.rang)).filter((rang) => rang.roomId === roomId);
}

/** Speaks until the guest has heard the bell: once it is heard, whoever is within it has heard it too. */
async function ring(speaker: Guest, hearer: Guest, roomId: string): Promise<void> {
  const { seq } = await speak(speaker, roomId, 'Hello');
  await hearer.next(reading.rang, (rang) => rang.roomId === roomId && rang.lastSeq >= seq);
}

describe('the bell of a room', () => {
  it('is heard by all who may enter, in the room or not, and by nobody else', async () => {
    const { house, lounge, backstage } = here;
    const [alice, bob, stranger] = [await house.guest({ tier: 'supporter' }), await house.guest({ tier: 'supporter' }), await house.guest()];
    for (const guest of [alice, bob, stranger, organizer]) await listOf(guest);
    await ring(alice, bob, lounge);
    expect(await rings(organizer, lounge)).toMatchObject([{ lastSeq: 1, calls: false }]);
    await ring(organizer, organizer, backstage);
    expect(await rings(stranger, lounge)).toEqual([]);
    for (const guest of [alice, stranger]) expect(await rings(guest, backstage)).toEqual([]);
  });

  it('falls silent with the right, without a word, and rings again with it', async () => {
    const { house, lounge } = here;
    const [alice, bob] = [await house.guest({ tier: 'supporter' }), await house.guest({ tier: 'supporter' })];
    const second = await house.guest({ as: bob });
    for (const guest of [alice, bob, second]) await listOf(guest);
    await ring(alice, bob, lounge);
    dataOf(await organizer.ask(members.giveTier, { memberId: bob.id, tierKey: null }));
    const before = [await rings(bob, lounge), await rings(second, lounge)].map((heard) => heard.length);
    await ring(alice, organizer, lounge);
    await speak(alice, lounge, 'Bob?', { mentions: calling(bob) });
    expect([await rings(bob, lounge), await rings(second, lounge)].map((heard) => heard.length)).toEqual(before);
    for (const guest of [bob, second]) expect(await guest.heard(reading.called)).toEqual([]);
    dataOf(await organizer.ask(members.giveTier, { memberId: bob.id, tierKey: 'supporter' }));
    await ring(alice, bob, lounge);
    await ring(alice, second, lounge);
  });

  it('is heard of a room that was just made', async () => {
    const room = dataOf(await organizer.ask(rooms.create, { name: 'fresh', topic: '', gate: { kind: 'tier', tierKey: 'free' } }));
    const bob = await here.house.guest();
    await listOf(bob);
    await ring(organizer, bob, room.id);
  });

  it('rings seldom in a busy room, and with the last message', async () => {
    const room = dataOf(await organizer.ask(rooms.create, { name: 'busy', topic: '', gate: { kind: 'tier', tierKey: 'free' } }));
    const bob = await here.house.guest();
    await listOf(bob);
    await Promise.all(Array.from({ length: 30 }, (_none, index) => speak(organizer, room.id, `Message ${index}`)));
    await bob.next(reading.rang, (rang) => rang.roomId === room.id && rang.lastSeq === 30);
    expect((await rings(bob, room.id)).length).toBeLessThan(30);
  });

  it('says that it may call when the room is called, and when something is said no more', async () => {
    const room = dataOf(await organizer.ask(rooms.create, { name: 'calling', topic: '', gate: { kind: 'tier', tierKey: 'free' } }));
    const bob = await here.house.guest();
    await listOf(bob);
    const all = await speak(organizer, room.id, 'All', { mentions: { memberIds: [], room: true, tierKeys: [] } });
    expect(await bob.next(reading.rang, (rang) => rang.roomId === room.id)).toEqual({ roomId: room.id, lastSeq: 1, calls: true });
    dataOf(await organizer.call(messages.edit, { roomId: room.id, messageId: all.id, text: 'Nobody' }));
    await speak(organizer, room.id, 'More');
    expect(await bob.next(reading.rang, (rang) => rang.roomId === room.id && rang.lastSeq === 2)).toEqual({ roomId: room.id, lastSeq: 2, calls: true });
    expect(await badge(bob, room.id)).toEqual([2, 0]);
  });
});

describe('whoever is called by name', () => {
  it('hears it on all devices, as nobody else does, and only where they may enter', async () => {
    const { house, general, lounge } = here;
    const [alice, bob, carol] = [await house.guest({ tier: 'supporter' }), await house.guest(), await house.guest()];
    const second = await house.guest({ as: bob });
    for (const guest of [alice, bob, carol, second]) await listOf(guest);
    await speak(alice, lounge, 'Not for you', { mentions: calling(bob) });
    const message = await speak(alice, general, 'Bob', { mentions: calling(bob, alice) });
    for (const device of [bob, second]) expect(await device.heard(reading.called)).toEqual([{ roomId: general, threadId: null }]);
    for (const guest of [alice, carol]) expect(await guest.heard(reading.called)).toEqual([]);
    // Taken back, they are told to count again.
    dataOf(await alice.call(messages.remove, { roomId: general, messageId: message.id }));
    for (const device of [bob, second]) expect(await device.heard(reading.called)).toHaveLength(2);
    dataOf(await alice.call(messages.react, { roomId: general, messageId: message.id, emoji: '🎉', isOn: false }));
    expect(await bob.heard(reading.called)).toHaveLength(2);
  });
});

describe('a thread', () => {
  it('is followed by whoever began it, writes in it or is called in it, until they say otherwise', async () => {
    const { house, general } = here;
    const [alice, bob, carol, dora] = [await house.guest(), await house.guest(), await house.guest(), await house.guest()];
    for (const guest of [alice, bob, carol, dora]) await listOf(guest);
    const root = await speak(alice, general, 'A thread begins here');
    const inThread = { threadId: root.id };
    await speak(bob, general, 'First', { ...inThread, mentions: calling(carol) });
    expect(await Promise.all([alice, bob, carol, dora].map((guest) => badge(guest, general, root.id)))).toEqual([[1, 0], [0, 0], [1, 1], [0, 0]]);
    for (const guest of [alice, carol]) expect(await guest.heard(reading.called)).toEqual([{ roomId: general, ...inThread }]);
    for (const guest of [bob, dora]) expect(await guest.heard(reading.called)).toEqual([]);

    // In the room itself nothing was said but the first message.
    expect(await badge(dora, general)).toEqual([1, 0]);
    expect((await listOf(alice)).threads).toMatchObject([{ threadId: root.id, unread: 1, isFollowed: true, lastSeq: 1, root: { id: root.id, thread: { count: 1 } } }]);
    expect((await listOf(dora)).threads).toEqual([]);

    // Carol says that she does not follow it, and even writing in it does not change that.
    dataOf(await carol.call(reading.follow, { roomId: general, ...inThread, isOn: false }));
    await speak(carol, general, 'Second', inThread);
    await speak(bob, general, 'Third', inThread);
    expect(await badge(carol, general, root.id)).toEqual([0, 0]);
    expect(await badge(alice, general, root.id)).toEqual([3, 0]);
    expect(await carol.heard(reading.called)).toHaveLength(1);

    // Dora follows from now on.
    dataOf(await dora.call(reading.follow, { roomId: general, ...inThread, isOn: true }));
    const fourth = await speak(bob, general, 'Fourth', inThread);
    expect(await badge(dora, general, root.id)).toEqual([1, 0]);
    expect(await dora.heard(reading.called)).toHaveLength(1);

    // A reply that is deleted leaves no badge behind.
    dataOf(await bob.call(messages.remove, { roomId: general, messageId: fourth.id }));
    expect(await badge(dora, general, root.id)).toEqual([0, 0]);
    expect((await listOf(dora)).threads).toEqual([]);
    expect(await dora.heard(reading.called)).toHaveLength(2);

    dataOf(await alice.call(reading.mark, { roomId: general, ...inThread, seq: 4 }));
    expect((await listOf(alice)).threads).toEqual([]);
  });
});

describe('the rooms one may enter', () => {
  it('are the same, judged one by one or all together', async () => {
    const { house } = here;
    const [first, second] = [await publish(house), await publish(house)];
    const holder = await ticketHolder(house, first.workshop.id);
    const guests = [await house.guest(), await house.guest({ tier: 'supporter' }), holder, first.host, second.host, organizer, await house.guest({ role: 'moderator' })];
    const all = await Room.find().lean();
    for (const { id, sessionId } of guests) {
      const actor = await loadActor(id, sessionId, new Date());
      const judged = await Promise.all(all.map((room) => mayEnterRoom(actor, room, new Date())));
      const together = (await enterableRooms(actor, new Date())).map(({ _id }) => String(_id));
      expect(together.toSorted()).toEqual(all.filter((_room, place) => judged[place]).map(({ _id }) => String(_id)).toSorted());
    }
  });
});
