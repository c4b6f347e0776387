import { questions } from '../../shared/contracts/live/questions.js';
import type { Deps } from '../deps.js';
import { answerMember, type RouteEntry } from '../http/route.js';
import { exportQuestions } from './export/exportQuestions.js';

/** The routes about a workshop's questions. */
export const questionsRoutes = (deps: Deps): RouteEntry[] => [answerMember(questions.export, (actor, input) => exportQuestions(deps, actor, input))];
