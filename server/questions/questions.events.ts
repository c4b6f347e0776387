import { questions } from '../../shared/contracts/questions.js';
import type { Deps } from '../deps.js';
import { answerCall, type CallEntry } from '../realtime/handle.js';
import { answerNow } from './answerNow.js';
import { approveQuestion } from './approveQuestion.js';
import { askQuestion } from './askQuestion.js';
import { dismissQuestion } from './dismissQuestion.js';
import { listQuestions } from './listQuestions.js';
import { markAnswered } from './markAnswered.js';

/** The calls about a workshop's questions. */
export const questionsEvents = (deps: Deps): CallEntry[] => [
  answerCall(questions.list, (actor, input) => listQuestions(deps, actor, input)),
  answerCall(questions.ask, (actor, input) => askQuestion(deps, actor, input)),
  answerCall(questions.approve, (actor, input) => approveQuestion(deps, actor, input)),
  answerCall(questions.answerNow, (actor, input) => answerNow(deps, actor, input)),
  answerCall(questions.markAnswered, (actor, input) => markAnswered(deps, actor, input)),
  answerCall(questions.dismiss, (actor, input) => dismissQuestion(deps, actor, input)),
];
