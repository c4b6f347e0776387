import { useId, useState, type KeyboardEvent, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { allEmoji } from '../emoji/catalogue.js';
import { callCandidates, type CallableHere } from './callableHere.js';
import { complete, fitting, tokenAt, type Candidate, type Token } from './completions.js';

const offeredMax = 8;

function useCandidates(callable: CallableHere): (token: Token) => Candidate[] {
  const { t } = useTranslation(['messages', 'emoji']);
  return ({ sign, query }) => {
    if (sign === '@') return fitting(callCandidates(callable, { room: t('messages:callRoom'), tier: ({ name }) => t('messages:callTier', { tier: name }) }), query, offeredMax);
    const emoji = allEmoji.map((one): Candidate => ({ key: one.name, label: t(`emoji:${one.name}`), alias: one.name, insert: one.emoji, mark: one.emoji }));
    return fitting(emoji, query, offeredMax);
  };
}

export interface Completion {
  offered: readonly Candidate[];
  active: number;
  listId: string;
  optionId: (index: number) => string;
  choose: (candidate: Candidate) => void;
  /** Looks at what stands before the caret. */
  look: () => void;
  close: () => void;
  /** Takes the keys that belong to the list while it is open; the answer says whether it did. */
  take: (event: KeyboardEvent) => boolean;
}

/** Names after `@` and emoji after `:`, offered while they are written. */
export function useCompletion(field: RefObject<HTMLTextAreaElement | null>, callable: CallableHere, setText: (text: string) => void): Completion {
  const listId = useId();
  const candidatesOf = useCandidates(callable);
  const [token, setToken] = useState<Token | null>(null);
  const [active, setActive] = useState(0);
  const offered = token === null ? [] : candidatesOf(token);

  const look = (): void => {
    const element = field.current;
    const next = element === null ? null : tokenAt(element.value, element.selectionStart);
    setToken(next);
    if (next?.query !== token?.query) setActive(0);
  };
  const choose = (candidate: Candidate): void => {
    const element = field.current;
    if (element === null || token === null) return;
    const { text, caret } = complete(element.value, token, candidate);
    // The field holds the new text before the caret is put into it, and both before the next key is heard.
    flushSync(() => {
      setText(text);
      setToken(null);
    });
    element.setSelectionRange(caret, caret);
  };
  const take = (event: KeyboardEvent): boolean => {
    if (offered.length === 0 || event.nativeEvent.isComposing) return false;
    const chosen = offered[Math.min(active, offered.length - 1)];
    const acts: Readonly<Record<string, () => void>> = {
      ArrowDown: () => setActive((active + 1) % offered.length),
      ArrowUp: () => setActive((active + offered.length - 1) % offered.length),
      Enter: () => chosen && choose(chosen),
      Tab: () => chosen && choose(chosen),
      Escape: () => setToken(null),
    };
    const act = event.shiftKey ? undefined : acts[event.key];
    if (act === undefined) return false;
    event.preventDefault();
    act();
    return true;
  };
  return { offered, active: Math.min(active, offered.length - 1), listId, optionId: (index) => `${listId}-${index}`, choose, look, close: () => setToken(null), take };
}
