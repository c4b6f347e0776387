import { useEffect } from 'react';
import { useCallCount } from './useReading.js';

const counted = /^\(\d+\+?\) /;

/** Puts how many messages ask for this member before the window's title, whatever page names it. */
export function useTitleCount(): void {
  const count = useCallCount();
  useEffect(() => {
    const show = (): void => {
      const bare = document.title.replace(counted, '');
      const next = count > 0 ? `(${count > 99 ? '99+' : count}) ${bare}` : bare;
      if (document.title !== next) document.title = next;
    };
    show();
    // Pages name themselves as they are opened.
    const watch = new MutationObserver(show);
    const title = document.querySelector('title');
    if (title !== null) watch.observe(title, { childList: true });
    return () => watch.disconnect();
  }, [count]);
}
