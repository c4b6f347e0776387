import { useEffect, useState } from 'react';

/** Where the keyboard is, and the message that is part of. */
function whereOneIs(): readonly HTMLElement[] {
  const at = document.activeElement;
  if (!(at instanceof HTMLElement) || at === document.body) return [];
  const row = at.closest<HTMLElement>('[data-key]');
  return row === null ? [at] : [at, row];
}

/** The message that holds the keyboard's place in the list. */
const tabStop = (): HTMLElement | null => document.querySelector<HTMLElement>('article[data-key][tabindex="0"]');

/** When the component goes, the keyboard goes back to where it was before; where that is gone too, to its place in the list. */
export function useWayBack(): void {
  const [from] = useState(whereOneIs);
  useEffect(
    () => () => {
      // What the component took with it leaves the keyboard nowhere, and what it lay over is within reach again.
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        const before = from.find((element) => element.isConnected) ?? tabStop();
        before?.focus({ preventScroll: true });
      });
    },
    [from],
  );
}
