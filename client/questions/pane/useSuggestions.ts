/** Questions that ask much the same as what is being written. */
import { useEffect, useState } from 'react';
import { call } from '../../api/socket.js';
import { questions, type QuestionView } from '../../../shared/contracts/live/questions.js';
import { limits } from '../../../shared/limits.js';

/** So long nothing was written before it is looked up. Milliseconds. */
const pauseMs = 400;
/** Less than this says too little: characters, of which a Han one says more. */
const enough = (text: string): boolean => text.length >= (/\p{Script=Han}/u.test(text) ? 4 : 10);

/** @returns the likest first; none while too little was written. What was found stands until something else is. */
export function useSuggestions(workshopId: string, text: string): readonly QuestionView[] {
  const [found, setFound] = useState<readonly QuestionView[]>([]);
  const asked = text.trim().slice(0, limits.questionLength);
  useEffect(() => {
    let isCurrent = true;
    const look = async () => {
      try {
        const suggested = enough(asked) ? await call(questions.suggest, { workshopId, text: asked }) : [];
        if (isCurrent) setFound(suggested);
      } catch {
        // Without suggestions one asks all the same.
      }
    };
    const timer = setTimeout(() => void look(), pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [workshopId, asked]);
  return enough(asked) ? found : [];
}
