import { useEffect, useRef, useState, useSyncExternalStore, type FocusEvent, type PointerEvent } from 'react';
import { useConversation, useOpened } from '../acts/conversation.js';
import type { Entry } from '../entries.js';
import type { Pending } from '../outbox.js';
import { useLongPress } from './useLongPress.js';

/** Whether the keyboard is in a row. A blur that only leads to another part of it is none. */
function useKeyboardWithin() {
  const [isWithin, setWithin] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    isWithin,
    onFocus: (event: FocusEvent): void => {
      clearTimeout(timer.current);
      // A click gives the focus too; whoever points at rows sees the acts of the one pointed at.
      setWithin(event.target.matches(':focus-visible'));
    },
    onBlur: (): void => {
      timer.current = setTimeout(() => setWithin(false), 0);
    },
  };
}

/**
 * What makes a row one that holds the keyboard's place, shows its acts, and answers a long press.
 * @param isAlone - it stands outside of the list, and is a Tab stop of its own.
 */
export function useRowPlace(entry: Entry<Pending>, isAlone = false) {
  const { current, opened } = useConversation();
  const [isPointed, setPointed] = useState(false);
  const { isWithin, onFocus, onBlur } = useKeyboardWithin();
  const isCurrent = useSyncExternalStore(current.subscribe, () => current.get() === entry.key);
  const hasOpen = useOpened((now) => (now?.kind === 'picker' || now?.kind === 'menu') && entry.kind === 'stored' && now.message.id === entry.message.id);
  const press = useLongPress(() => {
    if (entry.kind === 'stored') opened.set({ kind: 'acts', message: entry.message });
  });
  const props = {
    ...press,
    'data-key': entry.key,
    tabIndex: isCurrent || isAlone ? 0 : -1,
    onFocus: (event: FocusEvent): void => {
      if (!isAlone) current.set(entry.key);
      onFocus(event);
    },
    onBlur,
    onPointerEnter: (event: PointerEvent): void => setPointed(event.pointerType === 'mouse'),
    onPointerLeave: (): void => setPointed(false),
  };
  return { props, isActive: isPointed || isWithin || hasOpen };
}
