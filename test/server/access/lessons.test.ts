/** What went wrong in other chats, tried here: one row for each class of vulnerability that touches messages, named after one that was found. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import type { Call } from '../../../shared/contracts/define.js';
import { members } from '../../../shared/contracts/members.js';
import { messages, type MessageView } from '../../../shared/contracts/messages.js';
import { rights } from '../../../shared/contracts/rights.js';
import { Message } from '../../../server/models/message.js';
import type { Guest } from '../../support/guest.js';
import { openChatHouse, outcomeOf, say, type ChatHouse } from '../chat/chatHouse.js';
import { dataOf } from '../members/browser.js';
import { roomFor } from '../realtime/place.js';
import { everything } from '../realtime/everything.js';

let here: ChatHouse;
let author: Guest;
let supporter: Guest;
let stranger: Guest;
let organizer: Guest;
/** A room of the supporters', a new one for each test, with what the author said in it, and a thread. */
let roomId: string;
let secret: MessageView;
let inThread: MessageView;
/** Everybody's room, in which the stranger is; and what they said there. */
let open: string;
let mine: MessageView;
beforeAll(async () => {
  here = await openChatHouse();
  organizer = await here.house.guest({ role: 'organizer' });
  open = here.general;
});
afterAll(() => here.house.close());
beforeEach(async () => {
  [author, supporter, stranger] = await Promise.all([here.house.guest({ tier: 'supporter' }), here.house.guest({ tier: 'supporter' }), here.house.guest()]);
  roomId = await roomFor('supporter', 1);
  secret = dataOf(await author.call(chat.send, say(roomId, 'The secret')));
  inThread = dataOf(await author.call(chat.send, say(roomId, 'The threaded secret', { threadId: secret.id })));
  mine = dataOf(await stranger.call(chat.send, say(open, 'Mine')));
  for (const at of [{ roomId }, { roomId, threadId: secret.id }]) for (const guest of [supporter, stranger]) await guest.call(chat.join, at);
  dataOf(await stranger.call(chat.join, { roomId: open }));
});

/** Takes down everything that a guest is told, whatever it is. */
function overhear(guest: Guest): { told(): Promise<string> } {
  const heard: unknown[] = [];
  guest.socket.onAny((...push: unknown[]) => void heard.push(push));
  return {
    async told() {
      await guest.heard(chat.posted);
      return JSON.stringify(heard);
    },
  };
}

/** All calls about one message, and about a thread that hangs from it. */
const about = (room: string, messageId: string): [Call, object][] => [
  [chat.join, { roomId: room, threadId: messageId }],
  [chat.history, { roomId: room, threadId: messageId }],
  [chat.seqAt, { roomId: room, threadId: messageId, at: secret.sentAt }],
  [chat.typing, { roomId: room, threadId: messageId }],
  [chat.send, say(room, 'Hello', { threadId: messageId })],
  [chat.send, say(room, 'Hello', { replyToId: messageId })],
  [messages.edit, { roomId: room, messageId, text: 'Forged' }],
  [messages.remove, { roomId: room, messageId }],
  [messages.show, { roomId: room, messageId }],
  [messages.revisions, { roomId: room, messageId }],
  [messages.react, { roomId: room, messageId, emoji: '👍', isOn: true }],
  [messages.reactors, { roomId: room, messageId, emoji: '👍' }],
  [messages.pin, { roomId: room, messageId, isOn: true }],
];

describe('what went wrong elsewhere', () => {
  it('CVE-2026-72724: the id of a message of another room opens nothing, not even to an organizer', async () => {
    for (const guest of [stranger, organizer]) {
      for (const [call, input] of [...about(open, secret.id), ...about(open, inThread.id)]) expect(outcomeOf(await guest.call(call, input)), call.name).toBe('message.not_found');
    }
    // Nor does the room's id with a message of one's own.
    for (const [call, input] of about(roomId, mine.id)) expect(outcomeOf(await stranger.call(call, input)), call.name).toBe('room.not_found');
    expect(dataOf(await supporter.call(chat.history, { roomId })).messages).toMatchObject([{ id: secret.id, text: 'The secret', reactions: [], pinnedAt: null, thread: { count: 1 } }]);
    expect(outcomeOf(await stranger.call(messages.react, { roomId: open, messageId: mine.id, emoji: '👍', isOn: true }))).toBe('ok');
  });

  it('CVE-2022-31017: an edit is told to nobody who was not allowed the original', async () => {
    const ear = overhear(stranger);
    dataOf(await author.call(messages.edit, { roomId, messageId: secret.id, text: 'The edited secret', mentions: { memberIds: [stranger.id] } }));
    dataOf(await author.call(messages.edit, { roomId, messageId: inThread.id, text: 'The edited threaded secret' }));
    expect(await ear.told()).not.toMatch(/secret|messages:/);
    expect((await supporter.heard(messages.changed)).flatMap((push) => push.messages).map(({ text }) => text)).toEqual(['The edited secret', 'The edited threaded secret']);
  });

  it('CVE-2026-2578: what tells of a deletion does not tell what was deleted', async () => {
    dataOf(await supporter.call(chat.send, say(roomId, 'I agree', { replyToId: secret.id })));
    const ear = overhear(supporter);
    dataOf(await author.call(messages.remove, { roomId, messageId: secret.id }));
    expect(await ear.told()).not.toMatch(/secret/);
    expect((await supporter.heard(messages.changed)).at(-1)?.messages).toMatchObject([{ id: secret.id, text: '', deleted: { by: 'author' } }]);
    for (const view of [await supporter.call(chat.history, { roomId }), await supporter.call(chat.changes, { roomId, after: 0 })]) expect(JSON.stringify(dataOf(view))).not.toMatch(/The secret/);
  });

  it('a deleted message keeps no revision that could be read', async () => {
    dataOf(await author.call(messages.edit, { roomId, messageId: secret.id, text: 'Harmless' }));
    const revisions = async () => dataOf(await supporter.call(messages.revisions, { roomId, messageId: secret.id })).map(({ text }) => text);
    expect(await revisions()).toEqual(['The secret']);
    dataOf(await author.call(messages.remove, { roomId, messageId: secret.id }));
    expect(await revisions()).toEqual([]);
    expect(JSON.stringify(await Message.find({ roomId }).select('+revisions').lean())).not.toMatch(/The secret|Harmless/);
  });

  it('CVE-2026-2458: whoever was removed enumerates nothing any more', async () => {
    const asks = (): [Call, object][] => [
      ...about(roomId, secret.id),
      [chat.join, { roomId }],
      [chat.history, { roomId }],
      [chat.changes, { roomId, after: 0 }],
      [chat.here, { roomId }],
      [messages.pins, { roomId }],
    ];
    for (const [call, input] of asks()) expect(outcomeOf(await supporter.call(call, input)), call.name).not.toBe('room.not_found');
    dataOf(await organizer.ask(members.giveTier, { memberId: supporter.id, tierKey: null }));
    await supporter.next(rights.leftRoom);
    const ear = overhear(supporter);
    for (const [call, input] of asks()) expect(outcomeOf(await supporter.call(call, input)), call.name).toBe('room.not_found');
    dataOf(await author.call(chat.send, say(roomId, 'Another secret', { threadId: secret.id, mentions: { memberIds: [supporter.id] } })));
    expect(await ear.told()).not.toMatch(/secret|chat:|messages:/);
  });

  it('GHSA-q7rx-w656-fwmv: whom a message calls is told in its room, and nowhere else', async () => {
    const [ear, control] = [overhear(stranger), overhear(supporter)];
    dataOf(await organizer.call(chat.send, say(roomId, 'Come here', { mentions: { memberIds: [stranger.id, author.id], room: true, tierKeys: ['supporter'] } })));
    expect(await ear.told()).not.toMatch(new RegExp(`${author.id}|Come here|chat:posted`));
    expect(await control.told()).toMatch(author.id);
  });

  it('CVE-2021-22911, CVE-2026-30833: an operator in the place of an id finds nothing and changes nothing', async () => {
    await here.house.app.deps.changes.drain();
    const before = await everything();
    const operators = [{ $ne: null }, { $regex: '.' }, { $gt: '' }, { $in: [secret.id] }];
    for (const [call, input] of [...about(roomId, secret.id), [chat.changes, { roomId, after: 0 }] as [Call, object]]) {
      for (const field of ['roomId', 'messageId', 'threadId', 'replyToId'].filter((name) => typeof (input as Record<string, unknown>)[name] === 'string')) {
        for (const operator of operators) expect(outcomeOf(await author.call(call, { ...input, [field]: operator })), call.name).toBe('input.invalid');
      }
    }
    expect(await everything()).toBe(before);
  });
});
