/** Who stands in the light of the stage: the one who speaks, but not whoever only says "yes". */
import { useEffect, useState } from 'react';

/** So long one must go on speaking before the light moves. Milliseconds. */
const holdMs = 1_500;

/** @param speakerId the person who speaks now, null where nobody does; @param present everybody on stage, by id. */
export function useSpotlight(speakerId: string | null, present: readonly string[]): string | null {
  const [litId, setLitId] = useState(speakerId);
  const isLitGone = litId === null || !present.includes(litId);
  useEffect(() => {
    if (speakerId === null || speakerId === litId) return undefined;
    const timer = setTimeout(() => setLitId(speakerId), isLitGone ? 0 : holdMs);
    return () => clearTimeout(timer);
  }, [speakerId, litId, isLitGone]);
  return isLitGone ? null : litId;
}
