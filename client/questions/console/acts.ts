/** What a host does with questions, and how it is taken back. Pure. */
import type { QuestionState, QuestionView } from '../../../shared/contracts/live/questions.js';

export type Act = 'approve' | 'answerNow' | 'markAnswered' | 'dismiss' | 'reopen';

/** What may be done with a question in each state; the server judges the same. */
export const actsOf: Readonly<Record<QuestionState, readonly Act[]>> = {
  pending: ['approve', 'answerNow', 'dismiss'],
  approved: ['answerNow', 'markAnswered', 'dismiss'],
  answering: ['markAnswered', 'reopen', 'dismiss'],
  answered: ['reopen', 'answerNow'],
  dismissed: ['approve'],
  retracted: [],
};

/** One step on the way to a state. */
export type Move = { call: 'approve' | 'answerNow' | 'markAnswered' | 'dismiss' } | { call: 'restore'; to: 'pending' | 'approved' };

const restore = (to: 'pending' | 'approved'): Move => ({ call: 'restore', to });

/** The steps that lead from one state to another. A question that is not seen by all is let through on the way to where it is. */
export function movesTo(from: QuestionState, to: QuestionState): Move[] {
  const isHidden = from === 'pending' || from === 'dismissed';
  if (from === to) return [];
  switch (to) {
    case 'pending':
      return [restore('pending')];
    case 'approved':
      return isHidden ? [{ call: 'approve' }] : [restore('approved')];
    case 'answering':
      return from === 'dismissed' ? [{ call: 'approve' }, { call: 'answerNow' }] : [{ call: 'answerNow' }];
    case 'answered':
      return isHidden ? [{ call: 'approve' }, { call: 'markAnswered' }] : [{ call: 'markAnswered' }];
    case 'dismissed':
      return [{ call: 'dismiss' }];
    case 'retracted':
      return [];
  }
}

/** Where each act leads. */
export const leadsTo: Readonly<Record<Act, QuestionState>> = { approve: 'approved', answerNow: 'answering', markAnswered: 'answered', dismiss: 'dismissed', reopen: 'approved' };

/** What was done, as it must be known to take it back. */
export type Done =
  /** `aired` was on air before, and gave way. */
  | { kind: 'state'; question: QuestionView; aired: QuestionView | null }
  | { kind: 'merge'; question: QuestionView };

/** Of two questions the one that was asked later: it is seen in the other when they are merged. */
export function laterOf(one: QuestionView, other: QuestionView): QuestionView {
  return (one.askedAt.localeCompare(other.askedAt) || one.id.localeCompare(other.id)) > 0 ? one : other;
}
