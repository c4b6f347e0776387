/** Timeouts and bans: what they close, at once and until when, who may set and lift them, and what the log says of it. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { messages } from '../../../shared/contracts/messages.js';
import { moderation, type Restrict } from '../../../shared/contracts/moderation.js';
import { questions } from '../../../shared/contracts/live/questions.js';
import { rights } from '../../../shared/contracts/rights.js';
import { rooms } from '../../../shared/contracts/rooms.js';
import { stage } from '../../../shared/contracts/live/stage.js';
import { tickets } from '../../../shared/contracts/tickets.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { AuditEntry } from '../../../server/models/moderation/auditEntry.js';
import { Restriction } from '../../../server/models/moderation/restriction.js';
import { Message } from '../../../server/models/messages/message.js';
import { Room } from '../../../server/models/room.js';
import type { Guest } from '../../support/guest.js';
import { codeOf, dataOf } from '../members/browser.js';
import { openChatHouse, say, type ChatHouse } from '../chat/chatHouse.js';
import { publish, ticketHolder } from '../workshops/aWorkshop.js';

let here: ChatHouse;
let moderator: Guest;
let clock = 0;
beforeEach(async () => {
  clock = Date.now();
  here = await openChatHouse({ now: () => new Date(clock) });
  moderator = await here.house.guest({ role: 'moderator', name: 'Mo' });
});
afterEach(() => here.house.close());

const order = (member: { id: string }, changes: Partial<Restrict> = {}): Restrict => ({ clientRestrictionId: randomUUID(), kind: 'timeout', memberId: member.id, roomId: null, minutes: 10, reason: 'Spam', ...changes });
const restrict = (member: Guest, changes: Partial<Restrict> = {}, by: Guest = moderator) => by.call(moderation.restrict, order(member, changes));
const speak = (guest: Guest, roomId: string, text = 'Hello') => guest.call(chat.send, say(roomId, text));
const audit = async (roomId: string | null = null) => dataOf(await moderator.call(moderation.audit, { roomId })).entries;

describe('a timeout', () => {
  it('keeps a member from writing, reacting, editing and asking, and from nothing else, until it ends by its time', async () => {
    const { house, general, lounge } = here;
    const alice = await house.guest({ tier: 'supporter' });
    for (const guest of [alice, moderator]) dataOf(await guest.call(chat.join, { roomId: general }));
    const first = dataOf(await speak(alice, general));
    dataOf(await alice.call(chat.typing, { roomId: general }));
    expect(await moderator.heard(chat.typed)).toHaveLength(1);
    const of = { roomId: general, messageId: first.id };
    const until = new Date(clock + 10 * 60_000).toISOString();
    const view = dataOf(await restrict(alice, { roomId: general }));
    expect(view).toMatchObject({ kind: 'timeout', member: { id: alice.id }, by: { name: 'Mo' }, roomId: general, reason: 'Spam', until });
    expect(await alice.heard(moderation.restricted)).toEqual([{ kind: 'timeout', roomId: general, until, reason: 'Spam', isOver: false }]);
    expect(dataOf(await alice.ask(moderation.mine, {}))).toEqual([{ kind: 'timeout', roomId: general, until, reason: 'Spam' }]);

    const refusal = { ok: false, failure: { code: 'member.timed_out', data: { until, reason: 'Spam' } } };
    expect(await speak(alice, general)).toEqual(refusal);
    expect(await alice.call(messages.edit, { ...of, text: 'Otherwise' })).toEqual(refusal);
    expect(await alice.call(messages.react, { ...of, emoji: '👍', isOn: true })).toEqual(refusal);
    dataOf(await alice.call(chat.typing, { roomId: general }));
    expect(await moderator.heard(chat.typed)).toHaveLength(1);
    expect((await alice.call(messages.remove, of)).ok).toBe(true);
    expect((await speak(alice, lounge)).ok).toBe(true);
    dataOf(await speak(moderator, general, 'Quiet now'));
    expect((await alice.heard(chat.posted)).flatMap((push) => push.messages.map(({ text }) => text))).toEqual(['Hello', 'Quiet now']);

    clock += 10 * 60_000 - 1;
    expect(await speak(alice, general)).toEqual(refusal);
    clock += 1;
    expect((await speak(alice, general)).ok).toBe(true);
    expect(await alice.next(moderation.restricted, ({ isOver }) => isOver)).toMatchObject({ kind: 'timeout', roomId: general });
    const later = await house.guest({ as: alice });
    expect(dataOf(await later.ask(moderation.mine, {}))).toEqual([]);
    expect(await alice.heard(rights.leftRoom)).toEqual([]);
  });

  it('in the whole house holds in every room, a workshop’s questions too', async () => {
    const { house, general, lounge } = here;
    const { workshop } = await publish(house);
    const holder = await ticketHolder(house, workshop.id);
    const ask = () => holder.call(questions.ask, { workshopId: workshop.id, clientQuestionId: randomUUID(), text: 'Why?' });
    expect((await ask()).ok).toBe(true);
    dataOf(await restrict(holder));
    for (const roomId of [general, workshop.roomId]) expect(codeOf(await speak(holder, roomId))).toBe('member.timed_out');
    expect(codeOf(await ask())).toBe('member.timed_out');
    expect(codeOf(await speak(holder, lounge))).toBe('room.not_found');
    expect((await holder.call(chat.join, { roomId: workshop.roomId })).ok).toBe(true);
  });

  it('is one however often it is asked for, and is over when it is lifted', async () => {
    const { house, general } = here;
    const alice = await house.guest();
    const asked = order(alice, { roomId: general });
    const [first, again] = [dataOf(await moderator.call(moderation.restrict, asked)), dataOf(await moderator.call(moderation.restrict, asked))];
    expect(again).toEqual(first);
    expect(dataOf(await moderator.call(moderation.restrictions, { roomId: general }))).toEqual([first]);
    expect(codeOf(await speak(alice, general))).toBe('member.timed_out');

    for (let count = 0; count < 2; count += 1) dataOf(await moderator.call(moderation.lift, { restrictionId: first.id }));
    expect((await speak(alice, general)).ok).toBe(true);
    expect((await alice.heard(moderation.restricted)).filter(({ isOver }) => isOver)).toHaveLength(1);
    expect(dataOf(await moderator.call(moderation.restrictions, { roomId: null }))).toEqual([]);
    expect((await audit(general)).map(({ action }) => action)).toEqual(['restriction_lifted', 'member_timed_out']);
    // Asked for once more under the same name, it stays lifted.
    dataOf(await moderator.call(moderation.restrict, asked));
    expect((await speak(alice, general, 'Still free')).ok).toBe(true);
  });
});

describe('a ban', () => {
  it('from one room takes every connection out of it at once, and shows the room as one that is not there', async () => {
    const { house, general, lounge } = here;
    const alice = await house.guest({ tier: 'supporter' });
    const [second, bob] = [await house.guest({ as: alice }), await house.guest({ tier: 'supporter' })];
    for (const guest of [alice, second, bob]) for (const roomId of [general, lounge]) dataOf(await guest.call(chat.join, { roomId }));
    const root = dataOf(await speak(bob, lounge, 'A thread'));
    dataOf(await second.call(chat.join, { roomId: lounge, threadId: root.id }));
    const ban = dataOf(await restrict(alice, { kind: 'ban', roomId: lounge, minutes: null }));

    for (const guest of [alice, second]) expect(await guest.heard(rights.leftRoom)).toEqual([{ roomId: lounge, reason: 'banned' }]);
    for (const roomId of [general, lounge]) dataOf(await speak(bob, roomId, 'Without her'));
    dataOf(await bob.call(chat.send, { ...say(lounge, 'Nor here'), threadId: root.id }));
    for (const guest of [alice, second]) expect((await guest.heard(chat.posted)).map(({ roomId }) => roomId)).toEqual([lounge, general]);
    for (const call of [chat.join, chat.history, chat.here]) expect(codeOf(await alice.call(call, { roomId: lounge }))).toBe('room.not_found');
    expect(dataOf(await alice.ask(rooms.list, {})).find(({ id }) => id === lounge)).toMatchObject({ canEnter: false, lastSeq: null, mode: null });
    expect(dataOf(await alice.ask(moderation.mine, {}))).toEqual([{ kind: 'ban', roomId: lounge, until: null, reason: 'Spam' }]);
    expect(dataOf(await bob.call(chat.here, { roomId: lounge })).people.map(({ id }) => id)).toEqual([bob.id]);

    dataOf(await moderator.call(moderation.lift, { restrictionId: ban.id }));
    expect((await alice.heard(rights.changed)).map(({ change, reason }) => [change, reason])).toEqual([['ended', 'banned'], ['started', null]]);
    expect((await alice.call(chat.join, { roomId: lounge })).ok).toBe(true);
  });

  it('from the house closes every room and workshop, and a workshop’s questions and stage; its end opens them without anybody’s doing', async () => {
    const { house, general } = here;
    const { workshop, host } = await publish(house);
    const alice = await ticketHolder(house, workshop.id);
    dataOf(await alice.call(chat.join, { roomId: general }));
    dataOf(await alice.call(workshops.enter, { workshopId: workshop.id }));
    dataOf(await restrict(alice, { kind: 'ban', minutes: 60 }));

    expect(await alice.heard(rights.leftRoom)).toEqual([{ roomId: general, reason: 'banned' }]);
    expect(await alice.heard(rights.leftWorkshop)).toEqual([{ workshopId: workshop.id, reason: 'banned' }]);
    for (const roomId of [general, workshop.roomId]) expect(codeOf(await alice.call(chat.history, { roomId }))).toBe('room.not_found');
    for (const call of [workshops.enter, questions.list, stage.join]) expect(codeOf(await alice.call(call, { workshopId: workshop.id }))).toBe('workshop.not_found');
    expect(codeOf(await alice.ask(tickets.startCheckout, { clientOrderId: randomUUID(), product: { kind: 'seat', workshopId: workshop.id } }))).toBe('workshop.not_found');
    expect((await host.call(workshops.enter, { workshopId: workshop.id })).ok).toBe(true);

    clock += 60 * 60_000;
    expect((await alice.call(workshops.enter, { workshopId: workshop.id })).ok).toBe(true);
    expect(await alice.next(moderation.restricted, ({ isOver }) => isOver)).toMatchObject({ kind: 'ban', roomId: null });
    expect((await alice.heard(rights.changed)).at(-1)).toMatchObject({ change: 'started' });
  });

  it('from a workshop’s room is a ban from the workshop, by its host; and from no other', async () => {
    const { house } = here;
    const [first, second] = [await publish(house), await publish(house)];
    const alice = await ticketHolder(house, first.workshop.id);
    dataOf(await alice.call(workshops.enter, { workshopId: first.workshop.id }));
    dataOf(await alice.call(chat.join, { roomId: first.workshop.roomId }));
    expect(codeOf(await restrict(alice, { kind: 'ban', roomId: first.workshop.roomId }, second.host))).toBe('room.not_found');
    expect(codeOf(await restrict(alice, { kind: 'ban' }, first.host))).toBe('role.required');
    dataOf(await restrict(alice, { kind: 'ban', roomId: first.workshop.roomId }, first.host));
    expect(await alice.heard(rights.leftWorkshop)).toEqual([{ workshopId: first.workshop.id, reason: 'banned' }]);
    expect(codeOf(await alice.call(questions.list, { workshopId: first.workshop.id }))).toBe('workshop.not_found');
    expect(dataOf(await first.host.call(moderation.restrictions, { roomId: first.workshop.roomId }))).toMatchObject([{ kind: 'ban', member: { id: alice.id } }]);
    expect(codeOf(await second.host.call(moderation.restrictions, { roomId: first.workshop.roomId }))).toBe('room.not_found');
  });
});

describe('who may hold whom back', () => {
  it('is: nobody themself, only an organizer the team, nobody an organizer', async () => {
    const { house, general } = here;
    const [member, other, host, organizer, second] = [await house.guest(), await house.guest(), await house.guest({ role: 'host' }), await house.guest({ role: 'organizer' }), await house.guest({ role: 'organizer' })];
    const refused: [Guest, Guest][] = [[member, other], [host, member], [moderator, moderator], [moderator, host], [moderator, organizer], [organizer, second], [organizer, organizer]];
    for (const [by, whom] of refused) expect(codeOf(await restrict(whom, { roomId: general }, by)), `${by.name} ${whom.name}`).toBe('role.required');
    expect(codeOf(await moderator.call(moderation.restrict, order({ id: '0'.repeat(24) })))).toBe('member.not_found');
    expect(await Restriction.countDocuments()).toBe(0);
    expect(await audit()).toEqual([]);

    for (const [by, whom] of [[moderator, member], [organizer, host], [organizer, moderator]] as const) {
      const { id } = dataOf(await restrict(whom, { roomId: general }, by));
      expect(codeOf(await speak(whom, general))).toBe('member.timed_out');
      // Whoever is held back does not let themself go, nor does another moderator let go one of the team.
      expect(codeOf(await whom.call(moderation.lift, { restrictionId: id }))).toBe(whom === moderator ? 'role.required' : 'restriction.not_found');
      if (by === organizer) expect(codeOf(await moderator.call(moderation.lift, { restrictionId: id }))).toBe('role.required');
      dataOf(await by.call(moderation.lift, { restrictionId: id }));
      expect((await speak(whom, general)).ok).toBe(true);
    }
  });

  it('ends with the ban of a moderator', async () => {
    const { house, general } = here;
    const [organizer, member] = [await house.guest({ role: 'organizer' }), await house.guest()];
    dataOf(await restrict(moderator, { kind: 'ban', minutes: null }, organizer));
    expect(codeOf(await restrict(member))).toBe('role.required');
    expect(codeOf(await restrict(member, { roomId: general }))).toBe('room.not_found');
    expect(codeOf(await moderator.call(moderation.audit, { roomId: null }))).toBe('role.required');
    expect((await restrict(member, {}, organizer)).ok).toBe(true);
  });
});

describe('the audit log', () => {
  it('has what was done to messages by those who moderate, page by page, and by room', async () => {
    const { house, general, lounge } = here;
    const alice = await house.guest();
    const sent = [dataOf(await speak(alice, general, 'One')), dataOf(await speak(alice, general, 'Two'))];
    const [one, two] = sent.map(({ id }) => ({ roomId: general, messageId: id }));
    if (!one || !two) throw new Error('there are two');
    for (const isOn of [true, true, false]) dataOf(await moderator.call(messages.pin, { ...one, isOn }));
    for (let count = 0; count < 2; count += 1) dataOf(await moderator.call(messages.remove, one));
    dataOf(await alice.call(messages.remove, two));
    dataOf(await moderator.call(moderation.setMode, { roomId: lounge, mode: { kind: 'read_only' } }));

    const whole = await audit();
    expect(whole.map(({ action }) => action)).toEqual(['mode_set', 'message_removed', 'message_unpinned', 'message_pinned']);
    expect(whole[1]).toMatchObject({ by: { id: moderator.id }, member: { id: alice.id }, roomId: general, messageId: one.messageId, mode: null });
    expect((await audit(general)).map(({ id }) => id)).toEqual(whole.slice(1).map(({ id }) => id));
    const first = dataOf(await moderator.call(moderation.audit, { roomId: null, limit: 3 }));
    const rest = dataOf(await moderator.call(moderation.audit, { roomId: null, limit: 3, before: first.entries.at(-1)?.id }));
    expect([first.hasMore, rest.hasMore]).toEqual([true, false]);
    expect([...first.entries, ...rest.entries]).toEqual(whole);
    expect(await Message.countDocuments({ 'unaudited.at': { $exists: true } })).toBe(0);
  });

  it('is whole though a node died between the act and the entry, and is only ever added to', async () => {
    const { general } = here;
    dataOf(await moderator.call(moderation.setMode, { roomId: general, mode: { kind: 'read_only' } }));
    const [entry] = await AuditEntry.find().lean();
    if (!entry) throw new Error('there is one');
    // As it stands when the act was done and no more: the entry is with the room, and not in the log.
    await AuditEntry.collection.deleteOne({ _id: entry._id });
    await Room.collection.updateOne({ name: 'general' }, { $push: { unaudited: entry } } as never);
    const found = await Promise.all([audit(), audit(), audit(general)]);
    for (const entries of found) expect(entries).toMatchObject([{ id: String(entry._id), action: 'mode_set', by: { name: 'Mo' } }]);
    expect((await Room.findById(general).lean())?.unaudited).toEqual([]);
    await expect(AuditEntry.updateOne({ _id: entry._id }, { $set: { reason: 'none' } })).rejects.toThrow('only added to');
    await expect(AuditEntry.deleteMany({})).rejects.toThrow('only added to');
  });
});
