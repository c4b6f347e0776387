import type { MessageView } from '../../shared/contracts/messages.js';
import type { PersonView } from '../../shared/contracts/members.js';
import type { MessageDocument } from '../models/message.js';

/** A message as everybody in its room sees it. */
export function viewMessage(message: MessageDocument, author: PersonView): MessageView {
  return {
    id: String(message._id),
    roomId: String(message.roomId),
    threadId: null,
    author,
    clientMessageId: message.clientMessageId,
    seq: message.seq,
    version: 0,
    text: message.text,
    sentAt: message.sentAt.toISOString(),
    editedAt: null,
    deleted: null,
    replyTo: null,
    mentions: { people: [], room: false, tierKeys: [] },
    reactions: [],
    thread: null,
    pinnedAt: null,
  };
}

/** The author of a message whose account is gone: the words stay, the name does not. */
export function viewGoneAuthor(memberId: string): PersonView {
  return { id: memberId, name: '', role: 'member' };
}
