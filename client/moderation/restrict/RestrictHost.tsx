import { lazy, Suspense, useSyncExternalStore } from 'react';
import { restrictAsk } from './restrictAsk.js';

const RestrictDialog = lazy(async () => ({ default: (await import('./RestrictDialog.js')).RestrictDialog }));

/** Where the dialog stands in which somebody is held back; it is loaded when it is first asked for. */
export function RestrictHost() {
  const ask = useSyncExternalStore(restrictAsk.subscribe, restrictAsk.get);
  if (ask === null) return null;
  return (
    <Suspense fallback={null}>
      <RestrictDialog ask={ask} close={() => restrictAsk.set(null)} />
    </Suspense>
  );
}
