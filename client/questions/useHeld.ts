/** Whether somebody points at, or is by keyboard in, a part of the page. */
import { useState, type FocusEvent, type PointerEvent } from 'react';

export interface Held {
  isHeld: boolean;
  handlers: {
    onPointerEnter: (event: PointerEvent) => void;
    onPointerLeave: () => void;
    onFocus: (event: FocusEvent) => void;
    onBlur: () => void;
  };
}

/** A finger holds nothing: it has left when it is lifted. Focus holds where it can be seen, not where a click has left it. */
export function useHeld(): Held {
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  return {
    isHeld: isPointed || isFocused,
    handlers: {
      onPointerEnter: ({ pointerType }) => setPointed(pointerType === 'mouse'),
      onPointerLeave: () => setPointed(false),
      onFocus: ({ target, currentTarget }) => setFocused(target !== currentTarget && target.matches(':focus-visible')),
      onBlur: () => setFocused(false),
    },
  };
}
