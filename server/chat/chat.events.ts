/** The chat's calls: which verb answers which. */
import { chat } from '../../shared/contracts/chat.js';
import type { Deps } from '../deps.js';
import { answerCall, type CallEntry } from '../realtime/handle.js';
import { findSeqAt } from './findSeqAt.js';
import { joinRoom } from './joinRoom.js';
import { leaveRoom } from './leaveRoom.js';
import { readChanges } from './readChanges.js';
import { readHistory } from './readHistory.js';
import { sendMessage } from './sendMessage.js';
import { showHere } from './showHere.js';
import { tellTyping } from './tellTyping.js';

export const chatEvents = (deps: Deps): CallEntry[] => [
  answerCall(chat.join, (actor, input, connection) => joinRoom(deps, actor, input, connection)),
  answerCall(chat.leave, (actor, input, connection) => leaveRoom(deps, actor, input, connection)),
  answerCall(chat.send, (actor, input) => sendMessage(deps, actor, input)),
  answerCall(chat.history, (actor, input) => readHistory(deps, actor, input)),
  answerCall(chat.seqAt, (actor, input) => findSeqAt(deps, actor, input)),
  answerCall(chat.changes, (actor, input) => readChanges(deps, actor, input)),
  answerCall(chat.typing, (actor, input, connection) => tellTyping(deps, actor, input, connection)),
  answerCall(chat.here, (actor, input) => showHere(deps, actor, input)),
];
