import { useEffect, useState } from 'react';

/** A text that is kept in this browser under `key` until it is emptied; each key has its own. */
export function useDraft(key: string): [string, (text: string) => void] {
  const [draft, setDraft] = useState({ key, text: localStorage.getItem(key) ?? '' });
  const text = draft.key === key ? draft.text : (localStorage.getItem(key) ?? '');
  useEffect(() => {
    if (draft.key !== key) return;
    if (draft.text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, draft.text);
  }, [draft, key]);
  return [text, (next) => setDraft({ key, text: next })];
}
