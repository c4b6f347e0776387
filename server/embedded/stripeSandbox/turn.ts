/** What a verb of the sandbox may use while it runs. */
import type { Draft } from './store/draft.js';
import type { Reader } from './store/openStore.js';

/** One act from outside: an API request, a click on the payment page, or the clock. */
export interface Turn {
  readonly draft: Draft;
  /** Seconds since the epoch, as Stripe counts. */
  readonly now: number;
  /** What events made in this turn say about their cause. */
  readonly cause: { readonly requestId: string | null; readonly idempotencyKey: string | null };
}

/** What a question may use: the committed state, and the time in seconds. */
export interface Look {
  readonly reader: Reader;
  readonly now: number;
}
