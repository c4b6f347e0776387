/** The stage's keyboard: one letter for each of its controls. */
import { useEffect, useEffectEvent } from 'react';

/** What each key does; told beside the control it stands for. */
export type StageKeys = Readonly<Record<string, () => void>>;

/** Where a letter means something else: a field, a dialog, a menu, a message that has the focus. */
const elsewhere = 'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [data-key]';

/** Listens while the component stands; keys with a modifier are the browser's. */
export function useStageKeys(keys: StageKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(elsewhere)) return;
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
