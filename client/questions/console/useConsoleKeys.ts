/** The console's keyboard: j and k move, a letter acts on the chosen question, u takes back, ? lists the keys. */
import { useEffect, useEffectEvent } from 'react';
import type { QuestionView } from '../../../shared/contracts/live/questions.js';
import type { Act } from './acts.js';

/** What is opened over the board for one question. */
export type Desk = 'merge' | 'answer' | 'notes' | 'post';

export interface ConsoleKeys {
  /** All questions in the order in which j walks through them. */
  inOrder: readonly QuestionView[];
  selectedId: string | null;
  select: (questionId: string) => void;
  act: (question: QuestionView, act: Act) => void;
  open: (question: QuestionView, desk: Desk) => void;
  undo: () => void;
  help: () => void;
}

const acts: Readonly<Record<string, Act>> = { a: 'approve', n: 'answerNow', d: 'markAnswered', x: 'dismiss', o: 'reopen' };
const desks: Readonly<Record<string, Desk>> = { m: 'merge', t: 'answer', l: 'notes', p: 'post' };

/** Listens while the component stands; keys typed into a field, with a modifier, or under an open dialog are left alone. */
export function useConsoleKeys({ inOrder, selectedId, select, act, open, undo, help }: ConsoleKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
    const index = inOrder.findIndex(({ id }) => id === selectedId);
    const chosen = inOrder[index];
    const [chosenAct, desk] = [acts[event.key], desks[event.key]];
    if (event.key === '?') help();
    else if (event.key === 'u') undo();
    else if (event.key === 'j' || event.key === 'k') {
      const next = inOrder[event.key === 'j' ? Math.min(index + 1, inOrder.length - 1) : Math.max(index - 1, 0)];
      if (next) select(next.id);
    } else if (chosen && chosenAct) act(chosen, chosenAct);
    else if (chosen && desk) open(chosen, desk);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

function isElsewhere(target: EventTarget | null): boolean {
  return document.querySelector('[role="dialog"]') !== null || (target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null);
}
