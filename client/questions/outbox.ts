/**
 * What I ask, vote for, word anew and take back, on its way out. It is kept apart from any page and any tab, so that leaving a workshop,
 * losing the connection or closing the browser loses none.
 */
import { questions } from '../../shared/contracts/live/questions.js';
import { Wishes } from '../api/waiting/wishes.js';

/** Each carries its own id, so that it is asked once however often it is sent; a workshop's go in the order asked. */
export const asks = new Wishes(questions.ask, {
  name: 'questionAsks', idOf: ({ clientQuestionId }) => clientQuestionId, laneOf: ({ workshopId }) => workshopId, keepsRefused: true,
});

/** Votes, and votes taken back. */
export const votes = new Wishes(questions.vote, { name: 'questionVotes', idOf: ({ questionId }) => questionId, keepsRefused: false });

/** New wordings of one's own questions. */
export const edits = new Wishes(questions.edit, { name: 'questionEdits', idOf: ({ questionId }) => questionId, keepsRefused: false });

/** One's own questions that are taken back. */
export const retractions = new Wishes(questions.retract, { name: 'questionRetractions', idOf: ({ questionId }) => questionId, keepsRefused: false });
