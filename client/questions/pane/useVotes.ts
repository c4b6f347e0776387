/** One's own votes as they will stand once everything has reached the server. */
import { useWishes } from '../../api/waiting/wishes.js';
import { votes as wishes } from '../outbox.js';
import type { Questions } from '../useQuestions.js';

export interface OwnVote {
  isOn: boolean;
  /** How many vote, with one's own as it will be. */
  votes: number;
  /** Why the last wish to change it was not taken, or null. */
  refusal: Error | null;
  toggle: () => void;
}

/** Answers how one votes for each question. */
export function useVotes(workshopId: string, { voted }: Pick<Questions, 'voted'>): (question: { id: string; votes: number }) => OwnVote {
  const wanted = new Map(useWishes(wishes).map((one) => [one.item.questionId, one]));
  return ({ id, votes }) => {
    const [isStored, wish] = [voted.has(id), wanted.get(id)];
    const isOn = wish && wish.refusal === null ? wish.item.isOn : isStored;
    return {
      isOn,
      votes: Math.max(0, votes + Number(isOn) - Number(isStored)),
      refusal: wish?.refusal ?? null,
      toggle: () => void wishes.put({ workshopId, questionId: id, isOn: !isOn }),
    };
  };
}
