import { polls } from '../../shared/contracts/live/polls.js';
import type { Deps } from '../deps.js';
import { answerCall, type CallEntry } from '../realtime/handle.js';
import { closePoll } from './closePoll.js';
import { createPoll } from './createPoll.js';
import { editPoll } from './editPoll.js';
import { launchPoll } from './launchPoll.js';
import { listPolls } from './listPolls.js';
import { removePoll } from './removePoll.js';
import { reopenPoll } from './reopenPoll.js';
import { showResults } from './showResults.js';
import { castVote } from './voting/castVote.js';

/** The calls about a workshop's polls. */
export const pollsEvents = (deps: Deps): CallEntry[] => [
  answerCall(polls.list, (actor, input) => listPolls(deps, actor, input)),
  answerCall(polls.create, (actor, input) => createPoll(deps, actor, input)),
  answerCall(polls.edit, (actor, input) => editPoll(deps, actor, input)),
  answerCall(polls.remove, (actor, input) => removePoll(deps, actor, input)),
  answerCall(polls.launch, (actor, input) => launchPoll(deps, actor, input)),
  answerCall(polls.close, (actor, input) => closePoll(deps, actor, input)),
  answerCall(polls.reopen, (actor, input) => reopenPoll(deps, actor, input)),
  answerCall(polls.showResults, (actor, input) => showResults(deps, actor, input)),
  answerCall(polls.vote, (actor, input) => castVote(deps, actor, input)),
];
