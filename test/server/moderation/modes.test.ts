/** How a room is spoken in: set by hand, kept by turns, and set by the house itself. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { moderation, type AuditEntryView, type RoomMode } from '../../../shared/contracts/moderation.js';
import { rooms } from '../../../shared/contracts/rooms.js';
import { limits } from '../../../shared/limits.js';
import { Room } from '../../../server/models/room.js';
import type { Guest } from '../../support/guest.js';
import { codeOf, dataOf } from '../members/browser.js';
import { openChatHouse, say, type ChatHouse } from '../chat/chatHouse.js';

let here: ChatHouse;
let moderator: Guest;
let clock = 0;
beforeEach(async () => {
  clock = Date.now();
  here = await openChatHouse({ now: () => new Date(clock) });
  moderator = await here.house.guest({ role: 'moderator', name: 'Mo' });
});
afterEach(() => here.house.close());

const set = (mode: RoomMode, roomId = here.general) => moderator.call(moderation.setMode, { roomId, mode });
const audit = async (roomId: string | null = here.general): Promise<AuditEntryView[]> => dataOf(await moderator.call(moderation.audit, { roomId })).entries;
const speak = (guest: Guest, text: string, roomId = here.general) => guest.call(chat.send, say(roomId, text));

describe('moderation.setMode', () => {
  it('tells those inside, stands in the directory, and is written down once however often it is asked', async () => {
    const { house, general, lounge } = here;
    const [alice, elsewhere] = [await house.guest(), await house.guest({ tier: 'supporter' })];
    dataOf(await alice.call(chat.join, { roomId: general }));
    dataOf(await elsewhere.call(chat.join, { roomId: lounge }));
    const view = dataOf(await set({ kind: 'slow', seconds: 30 }));
    expect(view).toEqual({ mode: { kind: 'slow', seconds: 30 }, isAutomatic: false, since: new Date(clock).toISOString() });
    expect(dataOf(await set({ kind: 'slow', seconds: 30 }))).toEqual(view);

    expect(await alice.heard(moderation.modeChanged)).toEqual([{ roomId: general, mode: view }]);
    expect(await elsewhere.heard(moderation.modeChanged)).toEqual([]);
    const listed = dataOf(await alice.ask(rooms.list, {}));
    expect(listed.find(({ id }) => id === general)).toMatchObject({ mode: view, mayModerate: false });
    expect(listed.find(({ id }) => id === lounge)).toMatchObject({ mode: null, mayModerate: false });
    expect(dataOf(await moderator.call(chat.join, { roomId: general })).room).toMatchObject({ mode: view, mayModerate: true });
    expect(await audit()).toMatchObject([{ action: 'mode_set', by: { id: moderator.id, name: 'Mo' }, roomId: general, mode: { kind: 'slow', seconds: 30 }, member: null }]);
  });

  it('is no business of members and hosts, and a room one may not see is not there', async () => {
    const { house, general, lounge } = here;
    for (const guest of [await house.guest(), await house.guest({ role: 'host' })]) {
      expect(codeOf(await guest.call(moderation.setMode, { roomId: general, mode: { kind: 'read_only' } }))).toBe('role.required');
    }
    expect(codeOf(await (await house.guest()).call(moderation.setMode, { roomId: lounge, mode: { kind: 'read_only' } }))).toBe('room.not_found');
    expect(await audit(null)).toEqual([]);
    expect((await speak(await house.guest(), 'Still open')).ok).toBe(true);
  });

  it('of several at the same time leaves one, and an entry for each that was in force', async () => {
    const kinds = ['read_only', 'questions_only', 'emoji_only', 'read_only', 'emoji_only'] as const;
    await Promise.all(kinds.map((kind) => set({ kind })));
    const stands = await Room.findById(here.general).lean();
    const entries = await audit();
    expect(entries[0]?.mode).toEqual(stands?.spoken?.mode);
    const told = await moderator.call(chat.join, { roomId: here.general });
    expect(dataOf(told).room.mode?.mode).toEqual(stands?.spoken?.mode);
    expect(stands?.unaudited ?? []).toEqual([]);
  });
});

describe('a mode', () => {
  it.each([
    ['read_only', 'room.read_only', [], ['Hello', 'Really?', '👍']],
    ['questions_only', 'room.questions_only', ['Why?', '为什么？', 'One line.\nAnd why? '], ['Because.', '?!', 'Why? Because']],
    ['emoji_only', 'room.emoji_only', ['👍', '👩‍👩‍👧 🇩🇪\n❤️', '👋🏽'], ['yes 👍', '1', ':-)', '™', '❤', '#', `${'👍🏽'.repeat(200)}!`]],
  ] as const)('%s lets pass what fits, and refuses the rest by its name', async (kind, code, fits, unfit) => {
    const alice = await here.house.guest();
    dataOf(await set({ kind }));
    for (const text of fits) expect((await speak(alice, text)).ok, text).toBe(true);
    for (const text of unfit) expect(codeOf(await speak(alice, text)), text).toBe(code);
    expect(dataOf(await alice.call(chat.history, { roomId: here.general })).messages.map(({ text }) => text)).toEqual(fits.map((text) => text.trim()));
    // Whoever may moderate the room writes in every mode.
    expect((await speak(moderator, 'Because I may.')).ok).toBe(true);
    dataOf(await set({ kind: 'normal' }));
    expect((await speak(alice, 'As ever.')).ok).toBe(true);
  });

  it('does not keep a retry from reading the message that stands', async () => {
    const alice = await here.house.guest();
    const message = say(here.general, 'Said in time');
    const sent = dataOf(await alice.call(chat.send, message));
    dataOf(await set({ kind: 'read_only' }));
    expect(dataOf(await alice.call(chat.send, message))).toEqual(sent);
    expect(codeOf(await speak(alice, 'Too late'))).toBe('room.read_only');
  });
});

describe('a slow room', () => {
  it('gives each a turn; a retry is no second one, and says when the next is', async () => {
    const [alice, bob] = [await here.house.guest(), await here.house.guest()];
    dataOf(await set({ kind: 'slow', seconds: 600 }));
    const first = say(here.general, 'My turn');
    const sent = dataOf(await alice.call(chat.send, first));
    expect(dataOf(await alice.call(chat.send, first))).toEqual(sent);
    const refused = await speak(alice, 'And mine again');
    expect(refused).toMatchObject({ ok: false, failure: { code: 'room.slow' } });
    const { retryAt } = (refused as { failure: { data: { retryAt: string } } }).failure.data;
    expect(Date.parse(retryAt) - Date.now()).toBeGreaterThan(500_000);
    expect(Date.parse(retryAt) - Date.now()).toBeLessThanOrEqual(600_000);
    expect((await speak(bob, 'Mine')).ok).toBe(true);
    expect((await speak(moderator, 'I have all turns')).ok).toBe(true);
    expect((await speak(moderator, 'As I said')).ok).toBe(true);
    // Another pace begins with a turn for each.
    dataOf(await set({ kind: 'slow', seconds: 300 }));
    expect((await speak(alice, 'A new turn')).ok).toBe(true);
  });

  it('of many at the same time lets one pass', async () => {
    const alice = await here.house.guest();
    dataOf(await set({ kind: 'slow', seconds: 600 }));
    const replies = await Promise.all(Array.from({ length: 10 }, (_none, index) => speak(alice, `Number ${index}`)));
    expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
    expect(dataOf(await alice.call(chat.history, { roomId: here.general })).messages).toHaveLength(1);
  });

  it('does not use up the turn of a message that is refused', async () => {
    const { house, general, lounge } = here;
    const alice = await house.guest({ tier: 'supporter' });
    const elsewhere = say(lounge, 'Said in the lounge');
    dataOf(await alice.call(chat.send, elsewhere));
    dataOf(await set({ kind: 'slow', seconds: 600 }));
    expect(codeOf(await alice.call(chat.send, { ...elsewhere, roomId: general }))).toBe('input.invalid');
    expect((await speak(alice, 'My turn is still there')).ok).toBe(true);
    expect(codeOf(await speak(alice, 'And now it is not'))).toBe('room.slow');
  });

  it('does not give back the turn of a message that stands for another of its name in a thread', async () => {
    const { house, general } = here;
    const alice = await house.guest();
    const root = dataOf(await speak(moderator, 'About this'));
    dataOf(await set({ kind: 'slow', seconds: 600 }));
    const first = say(general, 'My turn');
    dataOf(await alice.call(chat.send, first));
    expect(codeOf(await alice.call(chat.send, { ...first, threadId: root.id }))).toBe('room.slow');
    expect(codeOf(await speak(alice, 'Once more'))).toBe('room.slow');
  });
});

describe('a crowded room', () => {
  const crowdOf = (count: number): Promise<Guest[]> => Promise.all(Array.from({ length: count }, () => here.house.guest()));
  const enter = (guests: readonly Guest[]) => Promise.all(guests.map(async (guest) => dataOf(await guest.call(chat.join, { roomId: here.general }))));
  /** Says so much within the window that one more makes a crowd, then that one. */
  async function shout(guests: readonly Guest[]): Promise<void> {
    for (let count = 0; count <= limits.crowdMessages; count += 1) {
      const [guest] = guests.slice(count % guests.length);
      if (guest) dataOf(await speak(guest, `Me, me! ${count}`));
      if (count === limits.crowdMessages - 1) clock += 2_000;
    }
  }

  it('becomes slow by itself, tells why, and is normal again when it was quiet for long enough', { timeout: 60_000 }, async () => {
    const crowd = await crowdOf(limits.crowdPeople + 1);
    await enter(crowd);
    const [alice] = crowd;
    await shout(crowd);
    const slow = { mode: { kind: 'slow', seconds: limits.crowdSlowSeconds }, isAutomatic: true };
    expect((await alice?.next(moderation.modeChanged))?.mode).toMatchObject(slow);
    await vi.waitFor(async () => expect(await audit()).toMatchObject([{ action: 'mode_set', by: null, mode: slow.mode }]));
    if (alice) dataOf(await speak(alice, 'Slowly now'));
    if (alice) expect(codeOf(await speak(alice, 'Not so slowly'))).toBe('room.slow');

    clock += limits.crowdQuietMinutes * 60_000 + 1_000;
    expect((await alice?.next(moderation.modeChanged, ({ mode }) => mode.mode.kind === 'normal'))?.mode).toMatchObject({ mode: { kind: 'normal' }, isAutomatic: false });
    expect(await audit()).toMatchObject([{ by: null, mode: { kind: 'normal' } }, { by: null, mode: slow.mode }]);
  });

  it('is not one of a few people, however much they say', { timeout: 60_000 }, async () => {
    const few = await crowdOf(2);
    await enter(few);
    await shout(few);
    expect(await few[0]?.heard(moderation.modeChanged)).toEqual([]);
    expect(await audit()).toEqual([]);
  });

  it('stays as somebody has set it by hand, normal too', { timeout: 60_000 }, async () => {
    const crowd = await crowdOf(limits.crowdPeople + 1);
    await enter(crowd);
    dataOf(await set({ kind: 'slow', seconds: 1 }));
    dataOf(await set({ kind: 'normal' }));
    await shout(crowd);
    expect((await crowd[0]?.heard(moderation.modeChanged))?.at(-1)?.mode).toMatchObject({ mode: { kind: 'normal' }, isAutomatic: false });
    expect(await audit()).toHaveLength(2);
  });
});
