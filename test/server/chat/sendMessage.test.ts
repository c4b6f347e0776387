import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { Message } from '../../../server/models/messages/message.js';
import { codeOf, dataOf } from '../members/browser.js';
import { openChatHouse, say, type ChatHouse } from './chatHouse.js';

let here: ChatHouse;
beforeEach(async () => {
  here = await openChatHouse();
});
afterEach(() => here.house.close());

const nowhere = '0'.repeat(24);

describe('chat.send', () => {
  it('reaches the room, and only the room', async () => {
    const { house, lounge, general } = here;
    const [alice, bob] = [await house.guest({ tier: 'supporter', name: 'Alice' }), await house.guest({ tier: 'supporter' })];
    const [elsewhere, stranger] = [await house.guest({ tier: 'supporter' }), await house.guest()];
    for (const guest of [alice, bob]) dataOf(await guest.call(chat.join, { roomId: lounge }));
    for (const guest of [elsewhere, stranger]) dataOf(await guest.call(chat.join, { roomId: general }));

    const hello = say(lounge, 'Hello');
    const message = dataOf(await alice.call(chat.send, hello));
    expect(message).toMatchObject({ text: 'Hello', seq: 1, roomId: lounge, clientMessageId: hello.clientMessageId, author: { id: alice.id, name: 'Alice', role: 'member' } });
    for (const guest of [alice, bob]) expect(await guest.heard(chat.posted)).toEqual([{ roomId: lounge, threadId: null, messages: [message] }]);
    for (const guest of [elsewhere, stranger]) expect(await guest.heard(chat.posted)).toEqual([]);
  });

  it('refuses whoever may not enter as if there were no room, and stores nothing', async () => {
    const { house, lounge, backstage } = here;
    const [member, stranger] = [await house.guest({ tier: 'supporter' }), await house.guest()];
    dataOf(await member.call(chat.join, { roomId: lounge }));

    const refusal = await stranger.call(chat.send, say(lounge, 'Let me in'));
    expect(refusal).toEqual({ ok: false, failure: { code: 'room.not_found', data: {} } });
    expect(await stranger.call(chat.send, say(nowhere, 'Is anybody there?'))).toEqual(refusal);
    expect(await member.call(chat.send, say(backstage, 'I am no staff'))).toEqual(refusal);
    expect(await member.heard(chat.posted)).toEqual([]);
    expect(await Message.countDocuments()).toBe(0);
    // The same words by someone who may say them.
    expect((await (await house.guest({ role: 'moderator' })).call(chat.send, say(backstage, 'I am staff'))).ok).toBe(true);
  });

  it('treats a retry as the same message, whatever it says now', async () => {
    const { house, general } = here;
    const [alice, bob] = [await house.guest(), await house.guest()];
    dataOf(await bob.call(chat.join, { roomId: general }));
    const hello = say(general, 'Hello');
    const first = await alice.call(chat.send, hello);
    expect(first.ok).toBe(true);
    expect(await alice.call(chat.send, hello)).toEqual(first);
    expect(await alice.call(chat.send, { ...hello, text: 'Something else' })).toEqual(first);
    expect(await bob.heard(chat.posted)).toHaveLength(1);
    expect(await Message.countDocuments()).toBe(1);
  });

  it('treats retries that overtake the first one as the same message', async () => {
    const { house, general } = here;
    const [alice, bob] = [await house.guest(), await house.guest()];
    dataOf(await bob.call(chat.join, { roomId: general }));
    const hello = say(general, 'Hello');
    const replies = await Promise.all([hello, say(general, 'in between'), hello, hello].map((message) => alice.call(chat.send, message)));
    const [first, between, ...retries] = replies.map((reply) => dataOf(reply));
    expect(retries).toEqual([first, first]);
    expect(new Set([first?.seq, between?.seq])).toEqual(new Set([1, 2]));
    const heard = (await bob.heard(chat.posted)).flatMap(({ messages }) => messages);
    expect(heard.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('takes the same name from another author as another message', async () => {
    const { house, general } = here;
    const [alice, bob] = [await house.guest(), await house.guest()];
    const hello = say(general, 'Hello');
    expect(dataOf(await alice.call(chat.send, hello)).seq).toBe(1);
    expect(dataOf(await bob.call(chat.send, hello))).toMatchObject({ seq: 2, author: { id: bob.id } });
  });

  it('refuses a name that was used in another room, and tells neither', async () => {
    const { house, general, lounge } = here;
    const [alice, bob] = [await house.guest({ tier: 'supporter' }), await house.guest({ tier: 'supporter' })];
    for (const roomId of [general, lounge]) dataOf(await bob.call(chat.join, { roomId }));
    const hello = say(lounge, 'For supporters');
    dataOf(await alice.call(chat.send, hello));
    expect(codeOf(await alice.call(chat.send, { ...hello, roomId: general }))).toBe('input.invalid');
    expect((await bob.heard(chat.posted)).map(({ roomId }) => roomId)).toEqual([lounge]);
    // The room that refused it goes on without a gap.
    expect(dataOf(await alice.call(chat.send, say(general, 'Hello'))).seq).toBe(1);
  });

  it('refuses what the contract does not know, and the connection goes on', async () => {
    const { house, general } = here;
    const alice = await house.guest();
    const bad: unknown[] = [null, 'Hello', [], { roomId: { $ne: null }, text: 'x' }, { ...say(general, 'x'), text: { $gt: '' } }, { ...say(general, 'x'), seq: 1 }];
    for (const input of bad) expect(codeOf(await alice.call(chat.send, input as never))).toBe('input.invalid');
    expect(await Message.countDocuments()).toBe(0);
    expect(dataOf(await alice.call(chat.send, say(general, 'Hello'))).seq).toBe(1);
  });
});
