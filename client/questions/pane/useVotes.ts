/** One's own votes as they will stand once everything has reached the server. */
import { vote, useQuestionOutbox } from '../outbox.js';
import type { Questions } from '../useQuestions.js';

export interface OwnVote {
  isOn: boolean;
  /** How many vote, with one's own as it will be. */
  votes: number;
  toggle: () => void;
}

/** Answers how one votes for each question. */
export function useVotes(workshopId: string, { voted }: Pick<Questions, 'voted'>): (question: { id: string; votes: number }) => OwnVote {
  const { votes: underWay } = useQuestionOutbox();
  const wanted = new Map(underWay.map((one) => [one.questionId, one.isOn]));
  return ({ id, votes }) => {
    const isStored = voted.has(id);
    const isOn = wanted.get(id) ?? isStored;
    return { isOn, votes: Math.max(0, votes + Number(isOn) - Number(isStored)), toggle: () => vote({ workshopId, questionId: id, isOn: !isOn }) };
  };
}
