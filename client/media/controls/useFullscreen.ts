/** The stage over the whole display. */
import { useCallback, useEffect, useState, type RefObject } from 'react';

export interface Fullscreen {
  /** Some phones only have it for a video of their own. */
  isPossible: boolean;
  isOn: boolean;
  toggle: () => void;
}

/** @param element what is to fill the display. */
export function useFullscreen(element: RefObject<HTMLElement | null>): Fullscreen {
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    const look = () => setOn(document.fullscreenElement !== null && document.fullscreenElement === element.current);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, [element]);
  const toggle = useCallback(() => {
    // Refused where the browser sees no gesture of the person; then nothing changes.
    if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
    else element.current?.requestFullscreen().catch(() => undefined);
  }, [element]);
  return { isPossible: document.fullscreenEnabled, isOn, toggle };
}
