/** A test clock on its way: https://docs.stripe.com/billing/testing/test-clocks/api-advanced-usage */
import { badRequest } from '../api/apiFault.js';
import type { StoredTestClock } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';

const twoYears = 2 * 366 * 24 * 60 * 60;

/**
 * Sends a clock on its way. It is `advancing` in the answer; when somebody looks again it has arrived.
 *
 * @throws ApiFault 400 when the way is longer than two years.
 */
export function startAdvance(turn: Turn, clock: StoredTestClock, until: number): StoredTestClock {
  if (until > clock.frozen_time + twoYears)
    throw badRequest('A test clock without subscriptions advances by at most two years at once.', { param: 'frozen_time' });
  const advancing = turn.draft.put('test_helpers.test_clock', {
    ...clock,
    status: 'advancing',
    status_details: { advancing: { target_frozen_time: until } },
  });
  turn.draft.schedule({ lane: 'advance_clock', at: turn.sandboxNow * 1000, id: clock.id, attempt: 0 });
  emitEvent(turn, 'test_helpers.test_clock.advancing', advancing, clock);
  return advancing;
}

/** Brings a clock to where it was sent; one that has arrived, or is gone, stays as it is. */
export function arrive(turn: Turn, id: string): void {
  const clock = turn.draft.get('test_helpers.test_clock', id);
  const until = clock?.status_details.advancing?.target_frozen_time;
  if (!clock || until === undefined) return;
  const arrived = turn.draft.put('test_helpers.test_clock', { ...clock, frozen_time: until, status: 'ready', status_details: {} });
  emitEvent(turn, 'test_helpers.test_clock.ready', arrived, clock);
}
