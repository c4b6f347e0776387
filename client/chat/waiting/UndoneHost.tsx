import { lazy, Suspense } from 'react';
import { useWaitingActs } from './waitingActs.js';

const UndoneActs = lazy(async () => ({ default: (await import('./UndoneActs.js')).UndoneActs }));

/** Where it is told that something I did to a message was refused afterwards; loaded when that first happens. */
export function UndoneHost() {
  const acts = useWaitingActs().filter(({ refusal }) => refusal !== null);
  if (acts.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <UndoneActs acts={acts} />
    </Suspense>
  );
}
