/** The question queue of a workshop: pending, approved, answering (at most one), answered or dismissed. */
import { z } from 'zod';
import { ClientId, Id } from '../ids.js';
import { limits } from '../limits.js';
import { defineCall, definePush } from '../define.js';
import { PersonView } from './members.js';

export const QuestionState = z.enum(['pending', 'approved', 'answering', 'answered', 'dismissed']);
export type QuestionState = z.infer<typeof QuestionState>;

/** Everybody in the workshop sees these states; pending and dismissed ones only the hosts and the asker see. */
export const publicQuestionStates: readonly QuestionState[] = ['approved', 'answering', 'answered'];

export const QuestionView = z.object({
  id: Id,
  workshopId: Id,
  clientQuestionId: ClientId,
  asker: PersonView,
  text: z.string(),
  state: QuestionState,
  /** Rises with every change of this question; a client keeps the highest it has seen. */
  version: z.int().positive(),
  askedAt: z.iso.datetime(),
  answeringAt: z.iso.datetime().nullable(),
  answeredAt: z.iso.datetime().nullable(),
});
export type QuestionView = z.infer<typeof QuestionView>;

/** The client names the question, so that a retry asks once. */
export const AskQuestion = z.strictObject({ workshopId: Id, clientQuestionId: ClientId, text: z.string().trim().min(1).max(limits.questionLength) });
export type AskQuestion = z.infer<typeof AskQuestion>;

export const OneQuestion = z.strictObject({ workshopId: Id, questionId: Id });
export type OneQuestion = z.infer<typeof OneQuestion>;

const moderating = ['workshop.not_found', 'question.not_found', 'question.wrong_state'] as const;

export const questions = {
  /** What the asking member may see, oldest first. */
  list: defineCall('questions:list', { input: z.strictObject({ workshopId: Id }), output: z.array(QuestionView), failures: ['workshop.not_found'] }),
  ask: defineCall('questions:ask', { input: AskQuestion, output: QuestionView, failures: ['workshop.not_found', 'workshop.wrong_state', 'member.timed_out'], limit: { points: 6, seconds: 60 } }),
  approve: defineCall('questions:approve', { input: OneQuestion, output: QuestionView, failures: moderating }),
  /** Takes the question on air; one that was on air becomes answered. */
  answerNow: defineCall('questions:answerNow', { input: OneQuestion, output: QuestionView, failures: moderating }),
  markAnswered: defineCall('questions:markAnswered', { input: OneQuestion, output: QuestionView, failures: moderating }),
  dismiss: defineCall('questions:dismiss', { input: OneQuestion, output: QuestionView, failures: moderating }),
  /** A question one may see appeared or changed. */
  changed: definePush('questions:changed', QuestionView),
  /** A question the audience saw was dismissed. */
  withdrawn: definePush('questions:withdrawn', z.object({ workshopId: Id, questionId: Id, version: z.int() })),
} as const;
