import { useEffect, useRef, type MouseEvent, type PointerEvent } from 'react';

/** A finger that rests this long (ms), and moves no further than this (px), presses long. */
const restMs = 450;
const slackPx = 10;

interface Press {
  timer: ReturnType<typeof setTimeout> | undefined;
  from: { x: number; y: number };
  isTouch: boolean;
}

interface LongPress {
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: () => void;
  onPointerCancel: () => void;
  onContextMenu: (event: MouseEvent) => void;
}

/** Answers a finger's long press; a mouse has its own ways. */
export function useLongPress(pressed: () => void): LongPress {
  const press = useRef<Press>({ timer: undefined, from: { x: 0, y: 0 }, isTouch: false });
  const stop = (): void => clearTimeout(press.current.timer);
  useEffect(() => () => clearTimeout(press.current.timer), []);
  return {
    onPointerDown: (event) => {
      stop();
      const isTouch = event.pointerType === 'touch';
      press.current = { isTouch, from: { x: event.clientX, y: event.clientY }, timer: isTouch ? setTimeout(pressed, restMs) : undefined };
    },
    onPointerMove: (event) => {
      const { from } = press.current;
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > slackPx) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    // The browser's own menu would come up over ours.
    onContextMenu: (event) => {
      if (press.current.isTouch) event.preventDefault();
    },
  };
}
