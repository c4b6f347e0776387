/** What I do to messages: each asks the server, and tells the screen what the reply says before the push comes round. */
import { messages, type Mentions, type MessageView } from '../../../shared/contracts/messages.js';
import { call } from '../../api/socket.js';
import { tellReply } from '../replies.js';

type OfMessage = Pick<MessageView, 'id' | 'roomId'>;

/** @throws AppError, OfflineError - as `messages.react` says. */
export async function react({ id, roomId }: OfMessage, emoji: string, isOn: boolean): Promise<void> {
  const { message, mine } = await call(messages.react, { roomId, messageId: id, emoji, isOn });
  tellReply(message, mine);
}

/** @throws AppError, OfflineError - as `messages.edit` says. */
export async function editMessage({ id, roomId }: OfMessage, text: string, mentions: Mentions): Promise<void> {
  tellReply(await call(messages.edit, { roomId, messageId: id, text, mentions }));
}

/** @throws AppError, OfflineError - as `messages.remove` says. */
export async function removeMessage({ id, roomId }: OfMessage): Promise<void> {
  tellReply(await call(messages.remove, { roomId, messageId: id }));
}

/** @throws AppError, OfflineError - as `messages.pin` says. */
export async function pinMessage({ id, roomId }: OfMessage, isOn: boolean): Promise<void> {
  tellReply(await call(messages.pin, { roomId, messageId: id, isOn }));
}
