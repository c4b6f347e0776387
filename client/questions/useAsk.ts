/** Asking a question: what was not stored stays as it was typed, what is typed meanwhile stays too, and asking again asks the same question. */
import { useRef, useState } from 'react';
import { newClientId } from '../api/clientId.js';
import { call } from '../api/socket.js';
import { questions, type QuestionView } from '../../shared/contracts/questions.js';

export interface Asking {
  text: string;
  write: (text: string) => void;
  state: 'writing' | 'asking' | 'asked';
  /** Why the last asking failed, or null. */
  error: unknown;
  ask: () => void;
}

/** @param onAsked receives the question as it was stored. */
export function useAsk(workshopId: string, onAsked: (question: QuestionView) => void): Asking {
  const [text, setText] = useState('');
  const [state, setState] = useState<Asking['state']>('writing');
  const [error, setError] = useState<unknown>(null);
  const named = useRef({ text: '', id: '' });
  /** The text as it stands when a reply comes, not as it stood when that was asked. */
  const latest = useRef('');

  const ask = async () => {
    const question = text.trim();
    if (question === '' || state === 'asking') return;
    if (named.current.text !== question) named.current = { text: question, id: newClientId() };
    setState('asking');
    setError(null);
    try {
      onAsked(await call(questions.ask, { workshopId, clientQuestionId: named.current.id, text: question }));
      named.current = { text: '', id: '' };
      settle('');
    } catch (failure) {
      setError(failure);
      settle(question);
    }

    /** @param left - what of the question still has to be asked. */
    function settle(left: string): void {
      const meanwhile = latest.current.trim() === question ? '' : latest.current;
      write([left, meanwhile].filter((part) => part !== '').join('\n'));
      setState(left === '' && meanwhile === '' ? 'asked' : 'writing');
    }
  };
  const write = (next: string) => {
    latest.current = next;
    setText(next);
    setState((now) => (now === 'asking' ? now : 'writing'));
  };
  return { text, write, state, error, ask: () => void ask() };
}
