import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chat, type HistoryView } from '../../../shared/contracts/chat.js';
import { Message } from '../../../server/models/messages/message.js';
import { Member } from '../../../server/models/member.js';
import type { Guest } from '../../support/guest.js';
import { codeOf, dataOf } from '../members/browser.js';
import { openChatHouse, say, type ChatHouse } from './chatHouse.js';

let here: ChatHouse;
let alice: Guest;
beforeEach(async () => {
  here = await openChatHouse();
  alice = await here.house.guest({ tier: 'supporter', name: 'Alice' });
});
afterEach(() => here.house.close());

async function fill(roomId: string, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) dataOf(await alice.call(chat.send, say(roomId, `Message ${number}`)));
}

const shape = ({ messages, lastSeq, hasMore }: HistoryView) => ({ seqs: messages.map(({ seq }) => seq), lastSeq, hasMore });

describe('chat.history', () => {
  it('reads both ways, and always rising', async () => {
    const { general } = here;
    await fill(general, 7);
    const read = async (asked: object) => shape(dataOf(await alice.call(chat.history, { roomId: general, limit: 3, ...asked })));

    expect(await read({})).toEqual({ seqs: [5, 6, 7], lastSeq: 7, hasMore: true });
    expect(await read({ before: 5 })).toEqual({ seqs: [2, 3, 4], lastSeq: 7, hasMore: true });
    expect(await read({ before: 2 })).toEqual({ seqs: [1], lastSeq: 7, hasMore: false });
    expect(await read({ before: 1 })).toEqual({ seqs: [], lastSeq: 7, hasMore: false });
    expect(await read({ after: 0 })).toEqual({ seqs: [1, 2, 3], lastSeq: 7, hasMore: true });
    expect(await read({ after: 4 })).toEqual({ seqs: [5, 6, 7], lastSeq: 7, hasMore: false });
    expect(await read({ after: 7 })).toEqual({ seqs: [], lastSeq: 7, hasMore: false });
    expect(await read({ after: 99 })).toEqual({ seqs: [], lastSeq: 7, hasMore: false });
  });

  it('reads around a place, and says on which sides there is more', async () => {
    const { general } = here;
    await fill(general, 9);
    const read = async (asked: object) => {
      const history = dataOf(await alice.call(chat.history, { roomId: general, limit: 4, ...asked }));
      return { seqs: history.messages.map(({ seq }) => seq), older: history.hasMore, newer: history.hasNewer };
    };
    expect(await read({ around: 5 })).toEqual({ seqs: [3, 4, 5, 6], older: true, newer: true });
    expect(await read({ around: 1 })).toEqual({ seqs: [1, 2, 3, 4], older: false, newer: true });
    expect(await read({ around: 9 })).toEqual({ seqs: [7, 8, 9], older: true, newer: false });
    expect(await read({ around: 9, limit: 1 })).toEqual({ seqs: [9], older: true, newer: false });
    expect(await read({ around: 1, limit: 9 })).toEqual({ seqs: [1, 2, 3, 4, 5, 6, 7, 8, 9], older: false, newer: false });
    expect(await read({ before: 1 })).toEqual({ seqs: [], older: false, newer: true });
    expect(await read({ before: 4 })).toEqual({ seqs: [1, 2, 3], older: false, newer: true });
    expect(await read({})).toEqual({ seqs: [6, 7, 8, 9], older: true, newer: false });
    // Beyond the end the newest are as near as one can get.
    expect(await read({ around: 500 })).toEqual({ seqs: [7, 8, 9], older: true, newer: false });
  });

  it('is empty in an empty room, and knows nothing of other rooms', async () => {
    await fill(here.lounge, 2);
    expect(shape(dataOf(await alice.call(chat.history, { roomId: here.general })))).toEqual({ seqs: [], lastSeq: 0, hasMore: false });
  });

  it('says the very same as was told, with the names people have now', async () => {
    const { house, general } = here;
    const bob = await house.guest();
    dataOf(await bob.call(chat.join, { roomId: general }));
    await fill(general, 2);
    const told = (await bob.heard(chat.posted)).flatMap(({ messages }) => messages);
    expect(dataOf(await bob.call(chat.history, { roomId: general, after: 0 })).messages).toEqual(told);

    await Member.updateOne({ _id: alice.id }, { $set: { name: 'Alice L.' } });
    expect(dataOf(await bob.call(chat.history, { roomId: general })).messages.map(({ author }) => author.name)).toEqual(['Alice L.', 'Alice L.']);
  });

  it('keeps the words of a member who is gone, without the name', async () => {
    await fill(here.general, 1);
    await Member.deleteOne({ _id: alice.id });
    const bob = await here.house.guest();
    expect(dataOf(await bob.call(chat.history, { roomId: here.general })).messages).toMatchObject([{ text: 'Message 1', author: { id: alice.id, name: '' } }]);
  });

  it('refuses whoever may not enter as if there were no room', async () => {
    const { house, lounge } = here;
    await fill(lounge, 1);
    const stranger = await house.guest();
    for (const roomId of [lounge, '0'.repeat(24)]) expect(codeOf(await stranger.call(chat.history, { roomId, after: 0 }))).toBe('room.not_found');
    expect(shape(dataOf(await alice.call(chat.history, { roomId: lounge })))).toEqual({ seqs: [1], lastSeq: 1, hasMore: false });
  });
});

describe('chat.seqAt', () => {
  it('finds the first message of a time, however many there are', async () => {
    const { general } = here;
    const start = Date.parse('2026-01-01T00:00:00.000Z');
    const count = 2_500;
    await Message.insertMany(
      Array.from({ length: count }, (_none, place) => ({ roomId: general, seq: place + 1, authorId: alice.id, clientMessageId: randomUUID(), text: 'x', sentAt: new Date(start + Math.floor(place / 2) * 60_000) })),
    );
    const seqAt = async (roomId: string, at: number) => dataOf(await alice.call(chat.seqAt, { roomId, at: new Date(at).toISOString() })).seq;
    for (const minutes of [0, 1, 2, 31, 32, 33, 700, 1_248, 1_249]) expect(await seqAt(general, start + minutes * 60_000)).toBe(minutes * 2 + 1);
    expect(await seqAt(general, start + 30 * 60_000 - 1)).toBe(61);
    expect(await seqAt(general, start - 1)).toBe(1);
    expect(await seqAt(general, start + 1_250 * 60_000)).toBe(count);
    expect(await seqAt(here.lounge, start)).toBe(0);
    expect(codeOf(await (await here.house.guest()).call(chat.seqAt, { roomId: here.lounge, at: new Date(start).toISOString() }))).toBe('room.not_found');
  });
});
