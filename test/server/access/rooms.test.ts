/**
 * The access matrix of rooms: every call and push of chat and messages, by everybody, in every kind of room; live, on
 * catch-up, and after a right ended on another node. People are connected to one node, rights end on the other.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import type { Call, Push } from '../../../shared/contracts/define.js';
import { members } from '../../../shared/contracts/members.js';
import { messages, type MessageView } from '../../../shared/contracts/messages.js';
import { rights } from '../../../shared/contracts/rights.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { startRedis } from '../../support/processes.js';
import { openChatHouse, outcomeOf, say, type ChatHouse } from '../chat/chatHouse.js';
import { dataOf } from '../members/browser.js';
import { endTicket, publish, ticketHolder } from '../workshops/aWorkshop.js';
import { allCalls } from './allContracts.js';

const people = ['free', 'supporter', 'holder', 'host', 'moderator', 'organizer'] as const;
type PersonName = (typeof people)[number];
const rooms = ['general', 'lounge', 'backstage', 'ownWorkshop', 'foreignWorkshop'] as const;
type RoomName = (typeof rooms)[number];

/** Who may enter each room, and who may moderate it. The host and the holder stand to one workshop, the own one. */
const entering: Record<RoomName, readonly PersonName[]> = {
  general: people,
  lounge: ['supporter', 'host', 'moderator', 'organizer'],
  backstage: ['host', 'moderator', 'organizer'],
  ownWorkshop: ['holder', 'host', 'moderator', 'organizer'],
  foreignWorkshop: ['moderator', 'organizer'],
};
const moderating: Record<RoomName, readonly PersonName[]> = {
  general: ['moderator', 'organizer'],
  lounge: ['moderator', 'organizer'],
  backstage: ['moderator', 'organizer'],
  ownWorkshop: ['host', 'moderator', 'organizer'],
  foreignWorkshop: ['moderator', 'organizer'],
};
const nobody: Record<RoomName, readonly PersonName[]> = { general: [], lounge: [], backstage: [], ownWorkshop: [], foreignWorkshop: [] };

/** A message in each room by somebody who is not among these people, with a thread; another like it is there to be removed. */
interface Place {
  roomId: string;
  root: MessageView;
  inThread: MessageView;
}

interface Row {
  call: Call;
  may: Record<RoomName, readonly PersonName[]>;
  input(place: Place): object;
  /** What those are told who may enter the room, and yet not do that. */
  inside?: string;
}

const inRoom = ({ roomId }: Place) => ({ roomId });
const inThread = ({ roomId, root }: Place) => ({ roomId, threadId: root.id });
const of = ({ roomId, root }: Place) => ({ roomId, messageId: root.id });
const newMessage = () => ({ clientMessageId: randomUUID(), text: 'Hello' });

const rows: Row[] = [
  ...[inRoom, inThread].flatMap((at): Row[] => [
    { call: chat.join, may: entering, input: at },
    { call: chat.send, may: entering, input: (place) => ({ ...at(place), ...newMessage() }) },
    { call: chat.history, may: entering, input: at },
    { call: chat.seqAt, may: entering, input: (place) => ({ ...at(place), at: '2026-01-01T00:00:00.000Z' }) },
    { call: chat.typing, may: entering, input: at },
  ]),
  { call: chat.changes, may: entering, input: (place) => ({ ...inRoom(place), after: 0 }) },
  { call: chat.here, may: entering, input: inRoom },
  { call: messages.pins, may: entering, input: inRoom },
  { call: messages.show, may: entering, input: of },
  { call: messages.revisions, may: entering, input: of },
  { call: messages.react, may: entering, input: (place) => ({ ...of(place), emoji: '👍', isOn: true }) },
  { call: messages.reactors, may: entering, input: (place) => ({ ...of(place), emoji: '👍' }) },
  { call: messages.edit, may: nobody, inside: 'message.not_found', input: (place) => ({ ...of(place), text: 'Forged' }) },
  { call: messages.pin, may: moderating, inside: 'message.not_found', input: (place) => ({ ...of(place), isOn: true }) },
  { call: chat.send, may: moderating, inside: 'mention.refused', input: (place) => ({ ...inRoom(place), ...newMessage(), mentions: { room: true } }) },
  { call: messages.remove, may: moderating, inside: 'message.not_found', input: ({ roomId, inThread: { id } }) => ({ roomId, messageId: id }) },
];

let redis: Awaited<ReturnType<typeof startRedis>>;
let here: ChatHouse;
let beside: House;
let guests: Record<PersonName, Guest>;
let places: Record<RoomName, Place>;
/** An organizer on the other node, who wrote what is in the rooms. */
let writer: Guest;
let workshopId: string;
beforeAll(async () => {
  redis = await startRedis();
  here = await openChatHouse({ redisUrl: redis.url });
  beside = await openHouse({ beside: here.house, redisUrl: redis.url });
  writer = await beside.guest({ role: 'organizer', name: 'Writer' });
  const [own, foreign] = [await publish(here.house), await publish(here.house)];
  workshopId = own.workshop.id;
  guests = {
    free: await here.house.guest(),
    supporter: await here.house.guest({ tier: 'supporter' }),
    holder: await ticketHolder(here.house, workshopId),
    host: own.host,
    moderator: await here.house.guest({ role: 'moderator' }),
    organizer: own.organizer,
  };
  const { general, lounge, backstage } = here;
  const ids: Record<RoomName, string> = { general, lounge, backstage, ownWorkshop: own.workshop.roomId, foreignWorkshop: foreign.workshop.roomId };
  places = Object.fromEntries(await Promise.all(rooms.map(async (room) => [room, await furnish(ids[room])]))) as Record<RoomName, Place>;
});
afterAll(async () => {
  await beside.close();
  await here.house.close();
  await redis.stop();
});

async function furnish(roomId: string): Promise<Place> {
  const root = dataOf(await writer.call(chat.send, say(roomId, 'A secret of the room')));
  return { roomId, root, inThread: dataOf(await writer.call(chat.send, say(roomId, 'A secret of the thread', { threadId: root.id }))) };
}

/** Everybody knocks at this room and its thread: those who may not enter are refused, and hear nothing. */
async function knock({ roomId, root }: Place): Promise<void> {
  for (const name of people) for (const threadId of [null, root.id]) await guests[name].call(chat.join, { roomId, threadId });
}

/** Who hears a push while something happens on the other node. */
async function whoHears(push: Push, happen: () => Promise<unknown>): Promise<PersonName[]> {
  const count = async (name: PersonName): Promise<number> => (await guests[name].heard(push, beside.app.deps)).length;
  const before = await Promise.all(people.map(count));
  await happen();
  const after = await Promise.all(people.map(count));
  return people.filter((_name, place) => (after[place] ?? 0) > (before[place] ?? 0));
}

describe('who may ask in a room', () => {
  it('is judged for every call there is, but leaving', () => {
    const calls = allCalls.filter(({ name }) => /^(chat|messages):/.test(name) && name !== chat.leave.name);
    expect(new Set(rows.map(({ call }) => call.name))).toEqual(new Set(calls.map(({ name }) => name)));
  });

  for (const room of rooms) {
    it(`of kind ${room}`, async () => {
      const place = places[room];
      for (const { call, may, input, inside } of rows) {
        const outcomes = await Promise.all(people.map(async (name) => outcomeOf(await guests[name].call(call, input(place)))));
        const expected = people.map((name) => {
          if (may[room].includes(name)) return 'ok';
          return entering[room].includes(name) ? inside : 'room.not_found';
        });
        expect(outcomes, call.name).toEqual(expected);
      }
    });
  }
});

describe('who hears of a room', () => {
  for (const room of rooms) {
    it(`of kind ${room}`, async () => {
      const place = await furnish(places[room].roomId);
      const { roomId, root } = place;
      await knock(place);
      const message = { roomId, messageId: root.id };
      const happenings: [Push, () => Promise<unknown>][] = [
        [chat.posted, () => writer.call(chat.send, say(roomId, 'Hello'))],
        [chat.posted, () => writer.call(chat.send, say(roomId, 'Hello', { threadId: root.id }))],
        [messages.changed, () => writer.call(chat.send, say(roomId, 'Hello', { threadId: root.id }))],
        [messages.changed, () => writer.call(messages.react, { ...message, emoji: '🎉', isOn: true })],
        [messages.changed, () => writer.call(messages.edit, { ...message, text: 'Otherwise' })],
        [messages.changed, () => writer.call(messages.pin, { ...message, isOn: true })],
        [messages.changed, () => writer.call(messages.remove, message)],
        [chat.typed, () => writer.call(chat.typing, { roomId })],
        [chat.typed, () => writer.call(chat.typing, { roomId, threadId: root.id })],
      ];
      for (const [push, happen] of happenings) expect(await whoHears(push, happen), push.name).toEqual(entering[room]);
      // One's own reactions are nobody else's.
      expect(await whoHears(messages.myReactions, () => writer.call(messages.react, { ...message, messageId: place.inThread.id, emoji: '🎉', isOn: true }))).toEqual([]);
    });
  }
});

describe('a right that ends on another node', () => {
  const ends: [PersonName, RoomName, () => Promise<unknown>][] = [
    ['supporter', 'lounge', () => writer.ask(members.giveTier, { memberId: guests.supporter.id, tierKey: null })],
    ['holder', 'ownWorkshop', () => endTicket(beside, guests.holder, workshopId)],
    ['host', 'ownWorkshop', () => writer.ask(members.setRole, { memberId: guests.host.id, role: 'member' })],
    ['moderator', 'backstage', () => writer.ask(members.setRole, { memberId: guests.moderator.id, role: 'member' })],
  ];
  for (const [name, room, end] of ends) {
    it(`of the ${name}, in ${room}: nothing more is heard, and nothing answered`, async () => {
      const place = await furnish(places[room].roomId);
      const { roomId, root } = place;
      await knock(place);
      const guest = guests[name];
      expect(await whoHears(chat.posted, () => writer.call(chat.send, say(roomId, 'Before')))).toContain(name);
      await end();
      await guest.next(rights.leftRoom, (left) => left.roomId === roomId);
      for (const { call, input } of rows) expect(outcomeOf(await guest.call(call, input(place))), call.name).toBe('room.not_found');
      for (const threadId of [null, root.id]) expect(await whoHears(chat.posted, () => writer.call(chat.send, say(roomId, 'After', { threadId })))).not.toContain(name);
      expect(await whoHears(messages.changed, () => writer.call(messages.edit, { roomId, messageId: root.id, text: 'After' }))).not.toContain(name);
      expect(await whoHears(chat.posted, () => writer.call(chat.send, say(roomId, 'To those who are left')))).toContain('organizer');
    });
  }
});
