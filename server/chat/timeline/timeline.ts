/** Writes rooms' timelines: stores each message once under the next `seq`, then tells the room once. */
import type { SendMessage } from '../../shared/contracts/chat.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import type { PersonView } from '../../shared/contracts/members.js';

export interface Timeline {
  /**
   * Stores the message and tells the room. A retry with the same `clientMessageId` by the same author gets the stored
   * message back and tells nobody. Messages that wait together are stored together and told together, in one push.
   *
   * @throws server.busy - the store does not take it now; a write that was on its way may yet arrive, and a retry finds it.
   */
  post(author: PersonView, input: SendMessage): Promise<MessageView>;
  /** Waits until all that was taken is stored and told. */
  drain(): Promise<void>;
}
