/** Whom a message calls and what it answers: who may, what is shown, and what a retry finds. */
import { Types } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { messages, type MessageView } from '../../../shared/contracts/messages.js';
import { Member } from '../../../server/models/member.js';
import { Message } from '../../../server/models/messages/message.js';
import type { Guest } from '../../support/guest.js';
import { codeOf, dataOf } from '../members/browser.js';
import { roomFor } from '../realtime/place.js';
import { publish, ticketHolder } from '../workshops/aWorkshop.js';
import { openChatHouse, outcomeOf, say, type ChatHouse } from './chatHouse.js';
import { timelineKeeper, type Heard } from '../verifying/clientModel.js';

let here: ChatHouse;
let alice: Guest;
let bob: Guest;
let roomId: string;
beforeAll(async () => {
  here = await openChatHouse();
  alice = await here.house.guest({ name: 'Alice' });
  bob = await here.house.guest({ name: 'Bob' });
});
afterAll(() => here.house.close());
beforeEach(async () => {
  roomId = await roomFor('free');
  dataOf(await bob.call(chat.join, { roomId }));
});

const send = (guest: Guest, more: Parameters<typeof say>[2]) => guest.call(chat.send, say(roomId, 'Hello', more));
const stands = async (): Promise<MessageView[]> => dataOf(await bob.call(chat.history, { roomId })).messages;
const nowhere = new Types.ObjectId().toHexString();

describe('a mention', () => {
  it('of members names them, each once, and is told as it is read', async () => {
    const message = dataOf(await send(alice, { mentions: { memberIds: [bob.id, alice.id, bob.id] } }));
    expect(message.mentions).toEqual({ people: [{ id: bob.id, name: 'Bob', role: 'member' }, { id: alice.id, name: 'Alice', role: 'member' }], room: false, tierKeys: [] });
    expect((await bob.heard(chat.posted)).at(-1)?.messages).toEqual([message]);
    expect(await stands()).toEqual([message]);
  });

  it('of someone or some tier that is not there is refused, and nothing is stored', async () => {
    const moderator = await here.house.guest({ role: 'moderator' });
    expect(codeOf(await send(alice, { mentions: { memberIds: [bob.id, nowhere] } }))).toBe('input.invalid');
    expect(codeOf(await send(moderator, { mentions: { tierKeys: ['supporter', 'none'] } }))).toBe('input.invalid');
    expect(await stands()).toEqual([]);
    expect((await send(moderator, { mentions: { memberIds: [bob.id], tierKeys: ['supporter'] } })).ok).toBe(true);
  });

  it('of the room or a tier is for whoever may moderate', async () => {
    const [moderator, organizer, host] = [await here.house.guest({ role: 'moderator' }), await here.house.guest({ role: 'organizer' }), await here.house.guest({ role: 'host' })];
    for (const mentions of [{ room: true }, { tierKeys: ['supporter'] }]) {
      for (const guest of [alice, host]) expect(codeOf(await send(guest, { mentions }))).toBe('mention.refused');
      for (const guest of [moderator, organizer]) expect(dataOf(await send(guest, { mentions })).mentions).toMatchObject(mentions);
    }
    expect(await stands()).toHaveLength(4);
  });

  it('of a workshop’s room is for its hosts, too', async () => {
    const { workshop, host } = await publish(here.house);
    const { host: other } = await publish(here.house);
    const holder = await ticketHolder(here.house, workshop.id);
    const call = async (guest: Guest) => outcomeOf(await guest.call(chat.send, say(workshop.roomId, 'All of you', { mentions: { room: true } })));
    expect([await call(host), await call(holder), await call(other)]).toEqual(['ok', 'mention.refused', 'room.not_found']);
    expect(dataOf(await host.call(chat.join, { roomId: workshop.roomId })).room.mayModerate).toBe(true);
    expect(dataOf(await holder.call(chat.join, { roomId: workshop.roomId })).room.mayModerate).toBe(false);
  });

  it('changes with an edit, under the same rules', async () => {
    const { id: messageId } = dataOf(await send(alice, { mentions: { memberIds: [bob.id] } }));
    const edit = (mentions: object) => alice.call(messages.edit, { roomId, messageId, text: 'Hello', mentions });
    expect(codeOf(await edit({ room: true }))).toBe('mention.refused');
    expect(codeOf(await edit({ memberIds: [nowhere] }))).toBe('input.invalid');
    expect(await stands()).toMatchObject([{ version: 0, mentions: { people: [{ name: 'Bob' }] } }]);
    expect(dataOf(await edit({ memberIds: [alice.id] })).mentions.people).toMatchObject([{ name: 'Alice' }]);
    expect(dataOf(await edit({})).mentions.people).toEqual([]);
    expect(await Message.findById(messageId).lean()).not.toHaveProperty('mentions');
  });

  it('of a member who is gone keeps its place, without the name', async () => {
    const carol = await here.house.guest({ name: 'Carol' });
    dataOf(await send(alice, { mentions: { memberIds: [carol.id] } }));
    await Member.deleteOne({ _id: carol.id });
    expect(await stands()).toMatchObject([{ mentions: { people: [{ id: carol.id, name: '' }] } }]);
  });
});

describe('a reply', () => {
  it('shows what it answers, as that stands now', async () => {
    const question = dataOf(await bob.call(chat.send, say(roomId, `${'x'.repeat(199)}🎉 and more`)));
    const reply = dataOf(await send(alice, { replyToId: question.id }));
    expect(reply.replyTo).toEqual({ id: question.id, seq: 1, version: 0, author: { id: bob.id, name: 'Bob', role: 'member' }, excerpt: 'x'.repeat(199) });
    expect((await bob.heard(chat.posted)).at(-1)?.messages).toEqual([reply]);
    dataOf(await bob.call(messages.edit, { roomId, messageId: question.id, text: 'Shorter' }));
    // Though what it answers is on an older page.
    const { messages: page } = dataOf(await bob.call(chat.history, { roomId, limit: 1 }));
    expect(page).toMatchObject([{ id: reply.id, version: 0, replyTo: { excerpt: 'Shorter', version: 1 } }]);
  });

  it('shows nothing of what is deleted while it is on its way, not even to those who never had that', async () => {
    const question = dataOf(await bob.call(chat.send, say(roomId, 'The secret')));
    const watcher = await here.house.guest();
    dataOf(await watcher.call(chat.join, { roomId }));
    const heard: Heard[] = [];
    watcher.socket.onAny((name: string, data: unknown) => void heard.push({ name, data }));

    // Deleted, and told so, after it was read for the quote and before the reply is stored.
    const storing = vi.spyOn(Message, 'storeInOrder').mockImplementationOnce(async (replies) => {
      dataOf(await bob.call(messages.remove, { roomId, messageId: question.id }));
      await Message.storeInOrder(replies);
    });
    const reply = dataOf(await send(alice, { replyToId: question.id }));
    storing.mockRestore();
    expect(reply).toMatchObject({ version: 1, replyTo: { id: question.id, excerpt: '' } });
    expect(await stands()).toEqual([expect.objectContaining({ id: question.id }), reply]);
    await watcher.heard(messages.changed);
    const keeper = timelineKeeper(roomId, null);
    const held = heard.reduce((now, push) => keeper.hear(now, push), { lastSeq: 1, rev: 0, messages: [] } as Awaited<ReturnType<typeof keeper.fetch>>);
    expect(held.messages).toEqual([reply]);
  });

  it('answers only what is in the same timeline', async () => {
    const root = dataOf(await send(alice, {}));
    const inThread = dataOf(await send(alice, { threadId: root.id }));
    const elsewhere = dataOf(await alice.call(chat.send, say(here.general, 'Elsewhere')));
    for (const replyToId of [inThread.id, elsewhere.id, nowhere]) expect(codeOf(await send(alice, { replyToId }))).toBe('message.not_found');
    for (const replyToId of [root.id, elsewhere.id]) expect(codeOf(await send(alice, { threadId: root.id, replyToId }))).toBe('message.not_found');
    expect(dataOf(await send(alice, { threadId: root.id, replyToId: inThread.id })).replyTo).toMatchObject({ id: inThread.id });
    expect(await stands()).toHaveLength(1);
  });
});

describe('a retry', () => {
  it('finds what was said as it stands now, though it would be refused by now', async () => {
    const carol = await here.house.guest({ name: 'Carol' });
    const question = dataOf(await bob.call(chat.send, say(roomId, 'Who?')));
    const input = say(roomId, 'She', { replyToId: question.id, mentions: { memberIds: [carol.id] } });
    const said = dataOf(await alice.call(chat.send, input));
    dataOf(await bob.call(messages.react, { roomId, messageId: said.id, emoji: '👍', isOn: true }));
    await Member.deleteOne({ _id: carol.id });
    const again = dataOf(await alice.call(chat.send, input));
    expect(again).toMatchObject({ id: said.id, reactions: [{ emoji: '👍', count: 1 }], mentions: { people: [{ id: carol.id, name: '' }] } });
    expect(await stands()).toEqual([expect.objectContaining({ id: question.id }), again]);
    // Said for the first time it is refused.
    expect(codeOf(await send(alice, { mentions: { memberIds: [carol.id] } }))).toBe('input.invalid');
  });
});
