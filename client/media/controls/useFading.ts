/** Controls that show themselves to whoever moves, and go away from whoever watches. */
import { useCallback, useEffect, useRef, useState } from 'react';

/** So long nobody must have moved. Milliseconds. */
const stillMs = 2_500;

export interface Fading {
  isShown: boolean;
  /** Somebody moved, or touched: shows them, and for a while. */
  wake: () => void;
  /** A touch: shows them, or hides them again. */
  toggle: () => void;
}

/** @param isHeld something of them is open: they stay. */
export function useFading(isHeld: boolean): Fading {
  const [isShown, setShown] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wake = useCallback(() => {
    clearTimeout(timer.current);
    setShown(true);
    timer.current = setTimeout(() => setShown(false), stillMs);
  }, []);
  const toggle = useCallback(() => {
    if (!isShown) return wake();
    clearTimeout(timer.current);
    setShown(false);
  }, [isShown, wake]);
  useEffect(() => {
    timer.current = setTimeout(() => setShown(false), stillMs);
    return () => clearTimeout(timer.current);
  }, []);
  return { isShown: isShown || isHeld, wake, toggle };
}
