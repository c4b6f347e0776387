/** What chat's calls take and refuse. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chat } from '../../shared/contracts/chat.js';
import { limits } from '../../shared/limits.js';

const roomId = 'a'.repeat(24);
const message = { roomId, clientMessageId: randomUUID(), text: 'Hello' };
/** What a message is where it does not say otherwise. */
const unsaid = { threadId: null, replyToId: null, mentions: { memberIds: [], room: false, tierKeys: [] } };

describe('chat:send', () => {
  it.each([
    ['a plain message', message],
    ['a message as long as it may be', { ...message, text: 'a'.repeat(limits.messageLength) }],
    ['words of any script', { ...message, text: '你好 🎉 مرحبا' }],
    ['an answer in a thread', { ...message, threadId: roomId, replyToId: roomId }],
    ['a message that calls people', { ...message, mentions: { memberIds: [roomId], room: true, tierKeys: ['free'] } }],
  ])('takes %s', (_name, input) => {
    expect(chat.send.input.parse(input)).toEqual({ ...unsaid, ...input });
  });

  it('takes the blanks around a message away', () => {
    expect(chat.send.input.parse({ ...message, text: '  Hello \n' })).toEqual({ ...unsaid, ...message });
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'Hello'],
    ['a list', [message]],
    ['blanks alone', { ...message, text: ' \n\t ' }],
    ['a message one letter too long', { ...message, text: 'a'.repeat(limits.messageLength + 1) }],
    ['a text that is an operator', { ...message, text: { $gt: '' } }],
    ['a room that is an operator', { ...message, roomId: { $ne: null } }],
    ['a room id in capitals', { ...message, roomId: 'A'.repeat(24) }],
    ['a room id that is too short', { ...message, roomId: 'a'.repeat(23) }],
    ['a client id that is no UUID', { ...message, clientMessageId: '1' }],
    ['no client id', { roomId, text: 'Hello' }],
    ['a field nobody asked for', { ...message, seq: 1 }],
    ['an author of its own choice', { ...message, authorId: roomId }],
    ['a thread that is an operator', { ...message, threadId: { $ne: null } }],
    ['a call for an operator', { ...message, mentions: { memberIds: [{ $gt: '' }] } }],
    ['a call for too many', { ...message, mentions: { memberIds: Array.from({ length: limits.mentionsMax + 1 }, () => roomId) } }],
  ])('refuses %s', (_name, input) => {
    expect(chat.send.input.safeParse(input).success).toBe(false);
  });
});

describe('chat:history', () => {
  it.each([
    ['the newest page', { roomId }, { roomId, limit: limits.historyPage }],
    ['everything from the start', { roomId, after: 0, limit: 1 }, { roomId, after: 0, limit: 1 }],
    ['what is before', { roomId, before: 1, limit: limits.historyPageMax }, { roomId, before: 1, limit: limits.historyPageMax }],
  ])('takes %s', (_name, input, read) => {
    expect(chat.history.input.parse(input)).toEqual({ threadId: null, ...read });
  });

  it.each([
    ['both directions at once', { roomId, after: 1, before: 5 }],
    ['a place to start and one in the middle', { roomId, after: 1, around: 5 }],
    ['a negative place', { roomId, after: -1 }],
    ['a place before the first', { roomId, before: 0 }],
    ['half a place', { roomId, after: 1.5 }],
    ['a place that is an operator', { roomId, after: { $gt: 0 } }],
    ['a page of none', { roomId, limit: 0 }],
    ['a page that is too large', { roomId, limit: limits.historyPageMax + 1 }],
    ['a number in words', { roomId, limit: '50' }],
    ['an endless page', { roomId, limit: Infinity }],
  ])('refuses %s', (_name, input) => {
    expect(chat.history.input.safeParse(input).success).toBe(false);
  });
});

describe('what chat answers', () => {
  const view = {
    id: roomId,
    roomId,
    threadId: null,
    author: { id: roomId, name: 'Ada', role: 'member' },
    clientMessageId: message.clientMessageId,
    seq: 1,
    version: 0,
    text: 'Hello',
    sentAt: '2026-01-01T00:00:00.000Z',
    editedAt: null,
    deleted: null,
    replyTo: null,
    mentions: { people: [], room: false, tierKeys: [] },
    reactions: [],
    thread: null,
    pinnedAt: null,
  };

  it('may carry fields that this client does not know yet', () => {
    expect(chat.posted.data.parse({ roomId, threadId: null, messages: [{ ...view, polls: [] }] }).messages).toEqual([view]);
  });

  it.each([
    ['no messages', { roomId, threadId: null, messages: [] }],
    ['a message without its place', { roomId, threadId: null, messages: [{ ...view, seq: 0 }] }],
  ])('never tells %s', (_name, data) => {
    expect(chat.posted.data.safeParse(data).success).toBe(false);
  });
});
