import { questions } from '../../shared/contracts/live/questions.js';
import type { Deps } from '../deps.js';
import { answerCall, type CallEntry } from '../realtime/handle.js';
import { askQuestion } from './asking/askQuestion.js';
import { editQuestion } from './asking/editQuestion.js';
import { retractQuestion } from './asking/retractQuestion.js';
import { suggestQuestions } from './asking/suggestQuestions.js';
import { voteQuestion } from './asking/voteQuestion.js';
import { answerInText } from './hosting/answerInText.js';
import { answerNow } from './hosting/answerNow.js';
import { approveQuestion } from './hosting/approveQuestion.js';
import { assignQuestion } from './hosting/assignQuestion.js';
import { dismissQuestion } from './hosting/dismissQuestion.js';
import { labelQuestion } from './hosting/labelQuestion.js';
import { markAnswered } from './hosting/markAnswered.js';
import { restoreQuestion } from './hosting/restoreQuestion.js';
import { setQueue } from './hosting/setQueue.js';
import { listQuestions } from './listQuestions.js';
import { mergeQuestion } from './merging/mergeQuestion.js';
import { unmergeQuestion } from './merging/unmergeQuestion.js';

/** The calls about a workshop's questions. */
export const questionsEvents = (deps: Deps): CallEntry[] => [
  answerCall(questions.list, (actor, input) => listQuestions(deps, actor, input)),
  answerCall(questions.ask, (actor, input) => askQuestion(deps, actor, input)),
  answerCall(questions.suggest, (actor, input) => suggestQuestions(deps, actor, input)),
  answerCall(questions.edit, (actor, input) => editQuestion(deps, actor, input)),
  answerCall(questions.retract, (actor, input) => retractQuestion(deps, actor, input)),
  answerCall(questions.vote, (actor, input, connection) => voteQuestion(deps, actor, input, connection)),
  answerCall(questions.approve, (actor, input) => approveQuestion(deps, actor, input)),
  answerCall(questions.answerNow, (actor, input) => answerNow(deps, actor, input)),
  answerCall(questions.markAnswered, (actor, input) => markAnswered(deps, actor, input)),
  answerCall(questions.answer, (actor, input) => answerInText(deps, actor, input)),
  answerCall(questions.dismiss, (actor, input) => dismissQuestion(deps, actor, input)),
  answerCall(questions.restore, (actor, input) => restoreQuestion(deps, actor, input)),
  answerCall(questions.merge, (actor, input) => mergeQuestion(deps, actor, input)),
  answerCall(questions.unmerge, (actor, input) => unmergeQuestion(deps, actor, input)),
  answerCall(questions.label, (actor, input) => labelQuestion(deps, actor, input)),
  answerCall(questions.assign, (actor, input) => assignQuestion(deps, actor, input)),
  answerCall(questions.setQueue, (actor, input) => setQueue(deps, actor, input)),
];
