/** What a host does with questions, by button or by key. */
import { useState } from 'react';
import { call } from '../api/socket.js';
import { questions, type QuestionState, type QuestionView } from '../../shared/contracts/questions.js';

export type Act = 'approve' | 'answerNow' | 'markAnswered' | 'dismiss';

/** What may be done with a question in each state; the server judges the same. */
export const actsOf: Readonly<Record<QuestionState, readonly Act[]>> = {
  pending: ['approve', 'answerNow', 'dismiss'],
  approved: ['answerNow', 'dismiss'],
  answering: ['markAnswered', 'dismiss'],
  answered: [],
  dismissed: [],
};

export interface Moderation {
  act: (question: QuestionView, act: Act) => void;
  /** The question that is being changed; one at a time. */
  busyId: string | null;
  /** What went wrong last, and with which question; null when all is well. */
  trouble: { questionId: string; error: unknown } | null;
}

/** @param take receives each changed question, ahead of the push. */
export function useModeration(take: (question: QuestionView) => void): Moderation {
  const [busyId, setBusyId] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Moderation['trouble']>(null);
  const run = async ({ workshopId, id, state }: QuestionView, act: Act) => {
    if (busyId !== null || !actsOf[state].includes(act)) return;
    setBusyId(id);
    setTrouble(null);
    try {
      take(await call(questions[act], { workshopId, questionId: id }));
    } catch (error) {
      setTrouble({ questionId: id, error });
    } finally {
      setBusyId(null);
    }
  };
  return { act: (question, act) => void run(question, act), busyId, trouble };
}
