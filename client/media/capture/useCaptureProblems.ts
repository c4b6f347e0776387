/** What went wrong with which device, last. */
import { useCallback, useState } from 'react';
import { CaptureError, type CaptureProblem } from './capture.js';

export type CaptureProblems = Partial<Record<'camera' | 'microphone' | 'screen', CaptureProblem>>;

/** Asks for a device of the kind; null, and the reason noted, where it could not be had. */
export type Attempt = <T>(kind: keyof CaptureProblems, capture: () => Promise<T>) => Promise<T | null>;

/** The problems as they stand, and the way to ask that notes them. */
export function useCaptureProblems(): { problems: CaptureProblems; attempt: Attempt } {
  const [problems, setProblems] = useState<CaptureProblems>({});
  const attempt: Attempt = useCallback(async (kind, capture) => {
    try {
      const captured = await capture();
      setProblems((known) => ({ ...known, [kind]: undefined }));
      return captured;
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      setProblems((known) => ({ ...known, [kind]: error.problem }));
      return null;
    }
  }, []);
  return { problems, attempt };
}
