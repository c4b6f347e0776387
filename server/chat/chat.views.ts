import type { MessageView } from '../../shared/contracts/chat.js';
import type { PersonView } from '../../shared/contracts/members.js';
import type { MessageDocument } from '../models/message.js';

/** A message as everybody in its room sees it. */
export function viewMessage(message: MessageDocument, author: PersonView): MessageView {
  return {
    id: String(message._id),
    roomId: String(message.roomId),
    author,
    clientMessageId: message.clientMessageId,
    seq: message.seq,
    text: message.text,
    sentAt: message.sentAt.toISOString(),
  };
}

/** The author of a message whose account is gone: the words stay, the name does not. */
export function viewGoneAuthor(memberId: string): PersonView {
  return { id: memberId, name: '', role: 'member' };
}
