/** Whose time it is: a customer on a test clock lives by that clock, everybody else by the sandbox's. */
import type { Turn } from '../turn.js';

/** The same turn in the customer's time. */
export function inTimeOf(turn: Turn, customerId: string | null): Turn {
  const clock = turn.draft.get('test_helpers.test_clock', clockOf(turn, customerId) ?? '');
  return clock ? { ...turn, now: clock.frozen_time } : turn;
}

/** The id of the customer's test clock, if there is one. */
export function clockOf({ draft }: Turn, customerId: string | null): string | null {
  return draft.get('customer', customerId ?? '')?.test_clock ?? null;
}
