/** The calls about messages that were said: which verb answers which. */
import { messages } from '../../../shared/contracts/messages.js';
import type { Deps } from '../../deps.js';
import { answerCall, type CallEntry } from '../../realtime/handle.js';
import { editMessage } from './editMessage.js';
import { listPins } from './listPins.js';
import { listReactors } from './listReactors.js';
import { pinMessage } from './pinMessage.js';
import { react } from './react.js';
import { removeMessage } from './removeMessage.js';
import { showMessage } from './showMessage.js';
import { showRevisions } from './showRevisions.js';

export const messagesEvents = (deps: Deps): CallEntry[] => [
  answerCall(messages.show, (actor, input) => showMessage(deps, actor, input)),
  answerCall(messages.edit, (actor, input) => editMessage(deps, actor, input)),
  answerCall(messages.remove, (actor, input) => removeMessage(deps, actor, input)),
  answerCall(messages.revisions, (actor, input) => showRevisions(deps, actor, input)),
  answerCall(messages.react, (actor, input) => react(deps, actor, input)),
  answerCall(messages.reactors, (actor, input) => listReactors(deps, actor, input)),
  answerCall(messages.pin, (actor, input) => pinMessage(deps, actor, input)),
  answerCall(messages.pins, (actor, input) => listPins(deps, actor, input)),
];
