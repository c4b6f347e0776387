/**
 * The question queue of a workshop: pending, approved, answering (at most one), answered or dismissed; each step can be
 * taken back. Votes are a set of members, whoever tells of them in whatever order.
 *
 * Whatever is told of a queue carries its `rev`, which was raised after the change was stored and before what is told was
 * read: of two views of one question the one with the higher `rev` is true, and a list read under a `rev` has all that was
 * told under lower ones.
 */
import { z } from 'zod';
import { defineCall, definePush, defineRoute } from '../../define.js';
import { ClientId, Id } from '../../ids.js';
import { limits } from '../../limits.js';
import { PersonView } from '../members.js';

/** `retracted`: its asker took it back while it was pending. It is shown to nobody, and stays only so that a retry does not ask it again. */
export const QuestionState = z.enum(['pending', 'approved', 'answering', 'answered', 'dismissed', 'retracted']);
export type QuestionState = z.infer<typeof QuestionState>;

/** Everybody in the workshop sees these states; pending and dismissed ones only the hosts and the asker see. */
export const publicQuestionStates: readonly QuestionState[] = ['approved', 'answering', 'answered'];

/** An answer that was written. Markdown. */
export const AnswerView = z.object({ text: z.string(), by: PersonView, at: z.iso.datetime() });
export type AnswerView = z.infer<typeof AnswerView>;

/** What only hosts see of a question. */
export const DeskView = z.object({ labels: z.array(z.string()), assignee: PersonView.nullable() });
export type DeskView = z.infer<typeof DeskView>;

export const QuestionView = z.object({
  id: Id,
  workshopId: Id,
  clientQuestionId: ClientId,
  /** Null where it was asked anonymously, for everybody but its asker and the hosts. */
  asker: PersonView.nullable(),
  isAnonymous: z.boolean(),
  text: z.string(),
  state: QuestionState,
  /** The queue's `rev` under which this was read; a client keeps the highest. */
  rev: z.int().nonnegative(),
  /** How many members voted for it, or for one that was merged into it. */
  votes: z.int().nonnegative(),
  askedAt: z.iso.datetime(),
  answeringAt: z.iso.datetime().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  answer: AnswerView.nullable(),
  /** The second of the workshop, counted from when it went live, at which it was last taken on air. */
  chapterSeconds: z.int().nonnegative().nullable(),
  /** The same question, asked earlier, in which this one is now seen and its votes count. */
  mergedIntoId: Id.nullable(),
  /** How many are merged into this one. */
  mergedCount: z.int().nonnegative(),
  /** Null for those who are no hosts. */
  desk: DeskView.nullable(),
});
export type QuestionView = z.infer<typeof QuestionView>;

/** How this workshop's questions are taken. */
export const QueueSettings = z.object({
  /** A host lets each question through before everybody sees it. */
  isModerated: z.boolean(),
  /** So many of one member's may be open (pending or approved) at once. */
  openMax: z.int().min(1).max(limits.openQuestionsMax),
});
export type QueueSettings = z.infer<typeof QueueSettings>;

/** Whether the reader votes for a question, true as of `turn`, which rises with each change of that question's own votes. */
export const MyVote = z.object({ questionId: Id, turn: z.int().nonnegative(), isOn: z.boolean() });
export type MyVote = z.infer<typeof MyVote>;

export const QueueView = z.object({
  rev: z.int().nonnegative(),
  settings: QueueSettings,
  /** What the reader may see, oldest first. */
  questions: z.array(QuestionView),
  /** The reader's own votes; one for a question that is merged counts for the one it is merged into. */
  myVotes: z.array(MyVote),
  merges: z.array(z.object({ questionId: Id, intoId: Id })),
});
export type QueueView = z.infer<typeof QueueView>;

const InWorkshop = z.strictObject({ workshopId: Id });
const QuestionText = z.string().trim().min(1).max(limits.questionLength);

/** The client names the question, so that a retry asks once. */
export const AskQuestion = InWorkshop.extend({ clientQuestionId: ClientId, text: QuestionText, isAnonymous: z.boolean().default(false) });
export type AskQuestion = z.infer<typeof AskQuestion>;

export const OneQuestion = z.strictObject({ workshopId: Id, questionId: Id });
export type OneQuestion = z.infer<typeof OneQuestion>;

export const EditQuestion = OneQuestion.extend({ text: QuestionText });
export type EditQuestion = z.infer<typeof EditQuestion>;

/** Says what shall be, so that a retry changes nothing more. */
export const VoteQuestion = OneQuestion.extend({ isOn: z.boolean() });
export type VoteQuestion = z.infer<typeof VoteQuestion>;

export const RestoreQuestion = OneQuestion.extend({ to: z.enum(['pending', 'approved']) });
export type RestoreQuestion = z.infer<typeof RestoreQuestion>;

export const AnswerQuestion = OneQuestion.extend({ text: z.string().trim().min(1).max(limits.answerLength) });
export type AnswerQuestion = z.infer<typeof AnswerQuestion>;

export const MergeQuestion = OneQuestion.extend({ withId: Id });
export type MergeQuestion = z.infer<typeof MergeQuestion>;

export const LabelQuestion = OneQuestion.extend({ labels: z.array(z.string().trim().min(1).max(limits.questionLabelLength)).max(limits.questionLabelsMax) });
export type LabelQuestion = z.infer<typeof LabelQuestion>;

export const AssignQuestion = OneQuestion.extend({ assigneeId: Id.nullable() });
export type AssignQuestion = z.infer<typeof AssignQuestion>;

export const SetQueue = InWorkshop.extend(QueueSettings.shape);
export type SetQueue = z.infer<typeof SetQueue>;

export const SuggestQuestions = InWorkshop.extend({ text: QuestionText });
export type SuggestQuestions = z.infer<typeof SuggestQuestions>;

/** A file with all that was asked and answered in public: a FAQ in Markdown, or a table. Who asked anonymously is in neither. */
export const ExportQuestions = InWorkshop.extend({ format: z.enum(['markdown', 'csv']) });
export type ExportQuestions = z.infer<typeof ExportQuestions>;

const one = ['workshop.not_found', 'question.not_found', 'question.wrong_state'] as const;

export const questions = {
  list: defineCall('questions:list', { input: InWorkshop, output: QueueView, failures: ['workshop.not_found'] }),
  /** Where the queue is not moderated it is approved at once. */
  ask: defineCall('questions:ask', {
    input: AskQuestion, output: QuestionView,
    failures: ['workshop.not_found', 'workshop.wrong_state', 'question.too_many_open', 'member.timed_out', 'server.busy'], limit: { points: 6, seconds: 60 },
  }),
  /** Up to `limits.suggestionsMax` questions that ask much the same, the likest first; of those the asking member may see. */
  suggest: defineCall('questions:suggest', { input: SuggestQuestions, output: z.array(QuestionView), failures: ['workshop.not_found'], limit: { points: 60, seconds: 60 } }),
  /** The asker's alone, while it is pending. */
  edit: defineCall('questions:edit', { input: EditQuestion, output: QuestionView, failures: [...one, 'member.timed_out'] }),
  /** The asker's alone, while it is pending. */
  retract: defineCall('questions:retract', { input: OneQuestion, output: QuestionView, failures: one }),
  /** Once for each member, for what everybody sees. Answers all own votes that this changed, and how many vote for it now. */
  vote: defineCall('questions:vote', { input: VoteQuestion, output: z.object({ myVotes: z.array(MyVote), votes: z.int().nonnegative() }), failures: [...one, 'server.busy'] }),
  approve: defineCall('questions:approve', { input: OneQuestion, output: QuestionView, failures: one }),
  /** Takes the question on air; one that was on air becomes answered. */
  answerNow: defineCall('questions:answerNow', { input: OneQuestion, output: QuestionView, failures: [...one, 'server.busy'] }),
  markAnswered: defineCall('questions:markAnswered', { input: OneQuestion, output: QuestionView, failures: one }),
  /** Answers in writing, or writes the answer anew; the asker is told, by mail too. */
  answer: defineCall('questions:answer', { input: AnswerQuestion, output: QuestionView, failures: one }),
  dismiss: defineCall('questions:dismiss', { input: OneQuestion, output: QuestionView, failures: one }),
  /** Takes a step back. */
  restore: defineCall('questions:restore', { input: RestoreQuestion, output: QuestionView, failures: one }),
  /** Of two questions that ask the same, the later asked is from now on seen in the earlier; answers the earlier one. */
  merge: defineCall('questions:merge', { input: MergeQuestion, output: QuestionView, failures: one }),
  /** Makes a merged question one of its own again, as it was. */
  unmerge: defineCall('questions:unmerge', { input: OneQuestion, output: QuestionView, failures: one }),
  label: defineCall('questions:label', { input: LabelQuestion, output: QuestionView, failures: one }),
  /** To somebody who may host the workshop, or to nobody. */
  assign: defineCall('questions:assign', { input: AssignQuestion, output: QuestionView, failures: [...one, 'member.not_found'] }),
  setQueue: defineCall('questions:setQueue', { input: SetQueue, output: QueueSettings, failures: ['workshop.not_found'] }),
  export: defineRoute('get', '/api/workshops/:workshopId/questions/:format', { who: 'member', input: ExportQuestions, output: z.object({ name: z.string(), type: z.string(), text: z.string() }), failures: ['workshop.not_found'] }),
  /** A question one may see appeared or changed. */
  changed: definePush('questions:changed', QuestionView),
  /** A question the audience saw is seen no more: it was dismissed or put back, or its votes count elsewhere. */
  withdrawn: definePush('questions:withdrawn', z.object({ workshopId: Id, questionId: Id, rev: z.int(), mergedIntoId: Id.nullable() })),
  /** Told to everybody inside at most once a second: how many vote for those questions whose votes have changed. */
  voted: definePush('questions:voted', z.object({ workshopId: Id, rev: z.int(), votes: z.array(z.object({ questionId: Id, votes: z.int().nonnegative() })) })),
  /** Told to the member's other connections inside. */
  myVote: definePush('questions:myVote', z.object({ workshopId: Id, myVotes: z.array(MyVote) })),
  /** How the queue is taken from now on. */
  queueChanged: definePush('questions:queueChanged', z.object({ workshopId: Id, rev: z.int(), settings: QueueSettings })),
} as const;
