/** What a member reads, and what rings for it. */
import { chat, type SendMessage } from '../../../shared/contracts/chat.js';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { reading, type ReadStateView } from '../../../shared/contracts/reading.js';
import type { Guest } from '../../support/guest.js';
import { dataOf } from '../members/browser.js';
import { say } from '../chat/chatHouse.js';

type Said = Partial<Pick<SendMessage, 'threadId' | 'mentions'>>;

/** Says something and answers what stands. */
export async function speak(guest: Guest, roomId: string, text: string, more: Said = {}): Promise<MessageView> {
  return dataOf(await guest.call(chat.send, { ...say(roomId, text), ...more }));
}

/** Whom a message calls. */
export const calling = (...guests: Guest[]): SendMessage['mentions'] => ({ memberIds: guests.map(({ id }) => id), room: false, tierKeys: [] });

/** How the guest stands to a timeline. */
export async function stateOf(guest: Guest, roomId: string, threadId: string | null = null): Promise<ReadStateView> {
  return dataOf(await guest.call(reading.show, { roomId, threadId }));
}

/** What the guest is told of all rooms and threads. */
export async function listOf(guest: Guest) {
  return dataOf(await guest.call(reading.list, {}));
}

/** Unread and mentions, as a badge shows them. */
export async function badge(guest: Guest, roomId: string, threadId: string | null = null): Promise<[number, number]> {
  const { unread, mentions } = await stateOf(guest, roomId, threadId);
  return [unread, mentions];
}
