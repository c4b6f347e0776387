import { useState } from 'react';
import { useFailureWords } from '../ui/ErrorNote.js';

/** A press of a button that may fail, and the words for why the last one did; null where it did not. */
export function useAttempt(): { problem: string | null; attempt: (act: () => Promise<void>) => void; forget: () => void } {
  const words = useFailureWords();
  const [problem, setProblem] = useState<unknown>(null);
  const forget = (): void => setProblem(null);
  return { problem: problem === null ? null : words(problem), attempt: (act) => void act().then(forget, setProblem), forget };
}
