/** How this member watches the stage on this device: chosen once, and found again next time. */
import { useCallback, useState } from 'react';
import type { Watching } from '../stage/viewing.js';
import { layoutChoices, type LayoutChoice } from '../screen/layout.js';

export interface StageView {
  layout: LayoutChoice;
  watching: Watching;
}

const key = 'guildhall.stageView';
const watchings: readonly Watching[] = ['everything', 'saver', 'audio'];

/** The choice of last time on this device. */
function rememberedView(): StageView {
  const [layout, watching] = (localStorage.getItem(key) ?? '').split(' ');
  return { layout: layoutChoices.find((each) => each === layout) ?? 'auto', watching: watchings.find((each) => each === watching) ?? 'everything' };
}

/** The view, and the way to change a part of it. */
export function useStageView(): [StageView, (part: Partial<StageView>) => void] {
  const [view, setView] = useState(rememberedView);
  const change = useCallback((part: Partial<StageView>) => {
    setView((before) => {
      const next = { ...before, ...part };
      localStorage.setItem(key, `${next.layout} ${next.watching}`);
      return next;
    });
  }, []);
  return [view, change];
}
