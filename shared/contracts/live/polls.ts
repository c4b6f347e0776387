/** Polls and quizzes of a workshop: drafted by its hosts, open while everybody inside may vote, closed. */
import { z } from 'zod';
import { defineCall, definePush, defineRoute } from '../../define.js';
import { ClientId, Id } from '../../ids.js';
import { limits } from '../../limits.js';

/** One option, several, all of them in an order, or a few words of one's own. */
export const PollKind = z.enum(['single', 'multiple', 'ranking', 'text']);
export type PollKind = z.infer<typeof PollKind>;

/** Drafts only the hosts see. */
export const PollState = z.enum(['draft', 'open', 'closed']);
export type PollState = z.infer<typeof PollState>;

/** An option by its place in the poll's options, from 0. */
const Option = z.int().min(0).max(limits.pollOptionsMax - 1);
const differ = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

/** What a poll asks, as its hosts write it. `right` are the right options; a poll that has some is a quiz. */
export const PollDraft = z
  .strictObject({
    kind: PollKind,
    question: z.string().trim().min(1).max(limits.pollQuestionLength),
    options: z.array(z.string().trim().min(1).max(limits.pollOptionLength)).max(limits.pollOptionsMax).refine(differ, 'options differ'),
    right: z.array(Option).max(limits.pollOptionsMax).refine(differ, 'each once'),
    /** Nobody, hosts included, is shown who chose what. */
    isAnonymous: z.boolean(),
    /** Everybody inside sees the results, from the first vote on; otherwise from when a host shows them. */
    resultsShown: z.boolean(),
  })
  .refine(({ kind, options }) => (kind === 'text' ? options.length === 0 : options.length >= 2), { path: ['options'], message: 'a choice has two options or more, a text none' })
  .refine(({ right, options }) => right.every((option) => option < options.length), { path: ['right'], message: 'is among the options' })
  .refine(({ kind, right }) => right.length <= (kind === 'multiple' ? limits.pollOptionsMax : kind === 'single' ? 1 : 0), { path: ['right'], message: 'one at most, or of several options any' });
export type PollDraft = z.infer<typeof PollDraft>;

/** What a member chose: options (for a ranking all of them, the best first) or a text. Nothing of both takes a vote back. */
export const Choice = z.strictObject({
  options: z.array(Option).max(limits.pollOptionsMax).refine(differ, 'each once'),
  text: z.string().trim().max(limits.pollAnswerLength),
});
export type Choice = z.infer<typeof Choice>;

/** What has been chosen so far. */
export const PollResults = z.object({
  /** How many members have a vote in it. */
  voters: z.int().nonnegative(),
  /** For each option its votes; in a ranking its points by Borda's count: of n options the first gets n - 1, the last none. */
  points: z.array(z.int().nonnegative()),
  /** Texts and how often each was given (letter case apart), the most frequent first; at most `limits.pollAnswersShown`. */
  answers: z.array(z.object({ text: z.string(), count: z.int().positive() })),
  /** Rises with each vote, changed and taken back ones too: of two results the one that counts more casts is the newer. */
  casts: z.int().nonnegative(),
});
export type PollResults = z.infer<typeof PollResults>;

/** A poll as those inside may know it. */
export const PollFacts = z.object({
  id: Id,
  workshopId: Id,
  clientPollId: ClientId,
  kind: PollKind,
  question: z.string(),
  options: z.array(z.string()),
  isQuiz: z.boolean(),
  /** The right options of a quiz: for its hosts, and for everybody once it is closed; else null. */
  right: z.array(z.int()).nullable(),
  isAnonymous: z.boolean(),
  resultsShown: z.boolean(),
  state: PollState,
  /** Rises with every change but votes; a client keeps the highest it has seen. */
  version: z.int().positive(),
  createdAt: z.iso.datetime(),
  launchedAt: z.iso.datetime().nullable(),
  closedAt: z.iso.datetime().nullable(),
  /** Null where this member may not see them. */
  results: PollResults.nullable(),
});
export type PollFacts = z.infer<typeof PollFacts>;

/** The asking member's own vote. `turn` rises with each cast of theirs. */
export const MyVote = z.object({ choice: Choice, turn: z.int().positive() });
export type MyVote = z.infer<typeof MyVote>;

export const PollView = PollFacts.extend({ mine: MyVote.nullable() });
export type PollView = z.infer<typeof PollView>;

export const CreatePoll = z.strictObject({ workshopId: Id, clientPollId: ClientId, draft: PollDraft });
export type CreatePoll = z.infer<typeof CreatePoll>;

export const OnePoll = z.strictObject({ workshopId: Id, pollId: Id });
export type OnePoll = z.infer<typeof OnePoll>;

/** The client names the cast, so that one that is sent again after a newer one changes nothing. */
export const CastVote = z.strictObject({ workshopId: Id, pollId: Id, clientVoteId: ClientId, choice: Choice });
export type CastVote = z.infer<typeof CastVote>;

const ofPoll = ['workshop.not_found', 'poll.not_found'] as const;
const inState = [...ofPoll, 'poll.wrong_state'] as const;
const steering = [...inState, 'server.busy'] as const;

export const polls = {
  /** What the asking member may see, the oldest first. */
  list: defineCall('polls:list', { input: z.strictObject({ workshopId: Id }), output: z.array(PollView), failures: ['workshop.not_found'] }),
  create: defineCall('polls:create', { input: CreatePoll, output: PollFacts, failures: ['workshop.not_found', 'poll.too_many'] }),
  /** Writes a draft anew. */
  edit: defineCall('polls:edit', { input: OnePoll.extend({ draft: PollDraft }), output: PollFacts, failures: steering }),
  /** Throws a draft away. */
  remove: defineCall('polls:remove', { input: OnePoll, output: z.object({}), failures: inState }),
  launch: defineCall('polls:launch', { input: OnePoll, output: PollFacts, failures: steering }),
  close: defineCall('polls:close', { input: OnePoll, output: PollFacts, failures: steering }),
  /** Lets votes in again; not into a quiz, whose right answers are known by then. */
  reopen: defineCall('polls:reopen', { input: OnePoll, output: PollFacts, failures: steering }),
  /** Shows the results to everybody inside, or hides them again. */
  showResults: defineCall('polls:showResults', { input: OnePoll.extend({ isShown: z.boolean() }), output: PollFacts, failures: steering }),
  vote: defineCall('polls:vote', { input: CastVote, output: MyVote, failures: [...inState, 'workshop.wrong_state', 'poll.wrong_choice', 'member.timed_out'] }),
  /** A file with the votes one by one, a table, for the hosts. */
  export: defineRoute('get', '/api/workshops/:workshopId/polls/:pollId/votes', { who: 'member', input: OnePoll, output: z.object({ name: z.string(), type: z.string(), text: z.string() }), failures: ofPoll }),
  /** A poll one may see appeared or changed. */
  changed: definePush('polls:changed', PollFacts),
  /** A draft was thrown away. */
  removed: definePush('polls:removed', OnePoll),
  /** New results, about once a second while votes come in: to the hosts, and to all where results are shown. */
  counted: definePush('polls:counted', z.object({ workshopId: Id, pollId: Id, version: z.int(), results: PollResults }), { mayBeDropped: true }),
  /** One's own vote, to all one's connections inside. */
  voted: definePush('polls:voted', z.object({ workshopId: Id, pollId: Id, mine: MyVote })),
} as const;
