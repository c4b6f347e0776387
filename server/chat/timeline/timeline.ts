/** What writes timelines and the log of what changed in them: each thing once, in order, without gaps, and told when it stands. */
import type { SendMessage } from '../../../shared/contracts/chat.js';
import type { PersonView } from '../../../shared/contracts/members.js';
import type { MessageView } from '../../../shared/contracts/messages.js';
import type { Beside } from '../../access/messageViews.js';
import type { MessageDocument } from '../../models/messages/message.js';

/** What is said, and those it shows besides its author: whoever judged that it may be said has read them. */
export interface Said {
  author: PersonView;
  input: SendMessage;
  beside?: Beside;
}

export interface Timeline {
  /**
   * Stores the message and tells the timeline. A retry with the same `clientMessageId` by the same author gets the stored
   * message back and tells nobody. Messages that wait together are stored together and told together, in one push.
   *
   * @throws server.busy - the store does not take it now; a write that was on its way may yet arrive, and a retry finds it.
   * @throws input.invalid - the author's `clientMessageId` names a message in another timeline.
   */
  post(said: Said): Promise<MessageView>;
  /** Makes what a message shows of its thread true again, where its last change was cut off. */
  repairThread(root: MessageDocument): Promise<void>;
  /** Waits until all that was taken is stored and told. */
  drain(): Promise<void>;
}

export interface ChangeLog {
  /**
   * Logs that the message is now as given, and tells its room; then answers with its view. A change that reaches beyond
   * the message itself (a reply that is no more) is told there, too.
   *
   * @throws server.busy - the log does not take it now. The change stands, and is logged and told as soon as may be.
   */
  record(message: MessageDocument): Promise<MessageView>;
  /** Logs and tells the changes that were cut off between the message and the log. Nearly always there are none, and looking for them is cheap. */
  repair(): Promise<void>;
  /** Waits until all that was taken is logged and told. */
  drain(): Promise<void>;
}
