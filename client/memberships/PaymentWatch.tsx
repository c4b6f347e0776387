import { lazy, Suspense } from 'react';
import { useMine } from './useMine.js';

// Seldom there, so it is loaded where it is.
const PastDueBand = lazy(async () => ({ default: (await import('./PastDueBand.js')).PastDueBand }));

/** Stands above every page, and says so politely when a payment has failed. */
export function PaymentWatch() {
  const membership = useMine().data?.membership;
  return (
    <div role="status">
      {membership?.state === 'past_due' && <Suspense><PastDueBand membership={membership} /></Suspense>}
    </div>
  );
}
