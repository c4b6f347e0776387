/** Keeps rows where they are while somebody points at them: news moves them in batches, and only when nobody would lose their place. */
import { useEffect, useEffectEvent, useState } from 'react';
import type { QuestionView } from '../../shared/contracts/live/questions.js';

/** Moves are shown together, no oftener than this. Milliseconds. */
const batchMs = 1_500;

/** A row as it stands on the screen. */
export interface SteadyRow {
  question: QuestionView;
  /** It is not in the list any more, and only keeps its place for now. */
  isGone: boolean;
}

/**
 * @param wanted - the rows in the order in which they should stand.
 * @param isHeld - the pointer or the focus is among them.
 * @param chosen - what the reader has chosen (a sorting): when it changes, the rows move at once.
 * @returns the rows in the order in which they stand; each in its newest form, new ones last.
 */
export function useSteadyOrder(wanted: readonly QuestionView[], isHeld: boolean, chosen: string): SteadyRow[] {
  const [standing, setStanding] = useState({ rows: wanted, chosen });
  const isSettled = standing.rows.length === wanted.length && standing.rows.every(({ id }, place) => id === wanted[place]?.id);
  // While rendering, so that rows never flash in the old order first.
  if (standing.chosen !== chosen || (standing.rows.length === 0 && wanted.length > 0)) setStanding({ rows: wanted, chosen });
  const move = useEffectEvent(() => setStanding({ rows: wanted, chosen }));
  useEffect(() => {
    if (isSettled || isHeld) return undefined;
    const timer = setTimeout(() => move(), batchMs);
    return () => clearTimeout(timer);
  }, [isSettled, isHeld]);

  const newest = new Map(wanted.map((question) => [question.id, question]));
  const known = new Set(standing.rows.map(({ id }) => id));
  const stood = standing.rows.map((question) => ({ question: newest.get(question.id) ?? question, isGone: !newest.has(question.id) }));
  return [...stood, ...wanted.filter(({ id }) => !known.has(id)).map((question) => ({ question, isGone: false }))];
}
