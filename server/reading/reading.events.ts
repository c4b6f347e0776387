/** The calls about what was read: which verb answers which. */
import { reading } from '../../shared/contracts/reading.js';
import type { Deps } from '../deps.js';
import { answerCall, type CallEntry } from '../realtime/handle.js';
import { followThread } from './followThread.js';
import { listMentions } from './listMentions.js';
import { listReading } from './listReading.js';
import { markRead } from './markRead.js';
import { markUnread } from './markUnread.js';
import { muteRoom } from './muteRoom.js';
import { showReading } from './showReading.js';

export const readingEvents = (deps: Deps): CallEntry[] => [
  answerCall(reading.list, (actor, _input, connection) => listReading(deps, actor, connection)),
  answerCall(reading.show, (actor, input) => showReading(deps, actor, input)),
  answerCall(reading.mark, (actor, input) => markRead(deps, actor, input)),
  answerCall(reading.markUnread, (actor, input) => markUnread(deps, actor, input)),
  answerCall(reading.mute, (actor, input) => muteRoom(deps, actor, input)),
  answerCall(reading.follow, (actor, input) => followThread(deps, actor, input)),
  answerCall(reading.mentions, (actor, input) => listMentions(deps, actor, input)),
];
