import { lazy, Suspense, useEffect } from 'react';
import { useConversation, useOpened, type Opened as Now } from './conversation.js';

// None of these is needed to read or to write; they are fetched when the conversation stands, for one may be offline later.
const load = {
  ActsSheet: () => import('./ActsSheet.js'),
  RemoveQuestion: () => import('./RemoveQuestion.js'),
  Revisions: () => import('./Revisions.js'),
  Shortcuts: () => import('./Shortcuts.js'),
};
const ActsSheet = lazy(async () => ({ default: (await load.ActsSheet()).ActsSheet }));
const RemoveQuestion = lazy(async () => ({ default: (await load.RemoveQuestion()).RemoveQuestion }));
const Revisions = lazy(async () => ({ default: (await load.Revisions()).Revisions }));
const Shortcuts = lazy(async () => ({ default: (await load.Shortcuts()).Shortcuts }));

function useFetchedAhead(): void {
  useEffect(() => {
    // What cannot be had now is fetched when it is opened.
    for (const fetchOne of Object.values(load)) fetchOne().catch(() => undefined);
  }, []);
}

/** What has just closed may still give the keyboard back by itself (ms). */
const settleMs = 50;

/** When everything is closed, the keyboard goes back to where it was, or to the message that holds its place in the list. */
function useFocusReturn(): void {
  const { opened, current } = useConversation();
  useEffect(() => {
    let from: Element | null = null;
    const giveBack = (): void => {
      if (document.activeElement !== document.body && document.activeElement !== null) return;
      const row = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(current.get() ?? '')}"]`);
      const before = from instanceof HTMLElement && from !== document.body && from.isConnected ? from : row;
      before?.focus();
    };
    return opened.subscribe(() => {
      if (opened.get() === null) setTimeout(giveBack, settleMs);
      else from = document.activeElement;
    });
  }, [opened, current]);
}

function Shown({ now, close }: { now: Now; close: () => void }) {
  if (now.kind === 'acts') return <ActsSheet message={now.message} close={close} />;
  if (now.kind === 'remove') return <RemoveQuestion message={now.message} close={close} />;
  if (now.kind === 'revisions') return <Revisions message={now.message} close={close} />;
  if (now.kind === 'shortcuts') return <Shortcuts close={close} />;
  return null;
}

/** Whatever stands open over the conversation. */
export function Opened() {
  const { opened } = useConversation();
  const now = useOpened((one) => one);
  useFocusReturn();
  useFetchedAhead();
  return <Suspense>{now !== null && <Shown now={now} close={() => opened.set(null)} />}</Suspense>;
}
