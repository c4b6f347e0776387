/** What a verb of the sandbox may use while it runs. */
import type { Faults } from './faults/faults.js';
import type { Draft } from './store/draft.js';
import type { Reader } from './store/openStore.js';

/** What the account's owner has settled once, as in Stripe's dashboard. */
export interface Account {
  /** How many days after each failed attempt a renewal is tried again; after the last one it is over. */
  readonly retryDays: readonly number[];
  /** What becomes of the subscription then. */
  readonly afterRetries: 'cancel' | 'past_due' | 'unpaid';
}

/** One act from outside: an API request, a click on a page, or the clock. */
export interface Turn {
  readonly draft: Draft;
  /** Seconds since the epoch, as Stripe counts, in the time of whom the act is about: see `clocks/`. */
  readonly now: number;
  /** Seconds since the epoch in the sandbox's own time, by which the world hears of things. */
  readonly sandboxNow: number;
  /** By how many seconds the sandbox's own clock has been set forward. */
  readonly ahead: number;
  /** What events made in this turn say about their cause. */
  readonly cause: { readonly requestId: string | null; readonly idempotencyKey: string | null };
  readonly account: Account;
  readonly faults: Faults;
  /** Whether the payer sits before one of the pages, where a bank can ask them for proof. */
  readonly isPayerPresent: boolean;
}

/** What a turn is begun with. */
export interface TurnHouse {
  now(): Date;
  /** By how many milliseconds the sandbox's own clock has been set forward. */
  aheadMs(): number;
  readonly account: Account;
  readonly faults: Faults;
}

/** Begins a turn at the present moment. Without a cause it is nobody's request: a click, or the clock. */
export function beginTurn(
  { now, aheadMs, account, faults }: TurnHouse,
  draft: Draft,
  cause: Turn['cause'] = { requestId: null, idempotencyKey: null },
): Turn {
  const seconds = secondsOf(now());
  return { draft, now: seconds, sandboxNow: seconds, ahead: Math.floor(aheadMs() / 1000), cause, account, faults, isPayerPresent: false };
}

/** A moment as Stripe counts. */
export const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1000);

/** What a question may use: the committed state, and the time in seconds. */
export interface Look {
  readonly reader: Reader;
  readonly now: number;
}
