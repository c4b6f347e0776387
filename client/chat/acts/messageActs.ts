/** What I do to messages. Whatever is not a matter of the moment waits where the server cannot be told. */
import { messages, type Mentions, type MessageView } from '../../../shared/contracts/messages.js';
import { call } from '../../api/socket.js';
import { tellReply } from '../replies.js';
import { carryOut, type Outcome } from '../waiting/waitingActs.js';

type OfMessage = Pick<MessageView, 'id' | 'roomId'>;

/** @throws AppError, OfflineError - as `messages.react` says, and where it can neither be told nor wait. */
export function react({ id, roomId }: OfMessage, emoji: string, isOn: boolean): Promise<Outcome> {
  return carryOut({ kind: 'react', roomId, messageId: id, emoji, isOn });
}

/** @throws AppError, OfflineError - as `messages.edit` says, and where it can neither be told nor wait. */
export function editMessage({ id, roomId }: OfMessage, text: string, mentions: Mentions): Promise<Outcome> {
  return carryOut({ kind: 'edit', roomId, messageId: id, text, mentions });
}

/** @throws AppError, OfflineError - as `messages.remove` says, and where it can neither be told nor wait. */
export function removeMessage({ id, roomId }: OfMessage): Promise<Outcome> {
  return carryOut({ kind: 'remove', roomId, messageId: id });
}

/** @throws AppError, OfflineError - as `messages.pin` says. */
export async function pinMessage({ id, roomId }: OfMessage, isOn: boolean): Promise<void> {
  tellReply(await call(messages.pin, { roomId, messageId: id, isOn }));
}
