/** A test clock on its way: https://docs.stripe.com/billing/testing/test-clocks/api-advanced-usage */
import { badRequest } from '../api/apiFault.js';
import { invoiceMoments } from '../invoices/keepInvoice.js';
import { advanceSchedule } from '../schedules/enterPhase.js';
import { scheduleMoments } from '../schedules/keepSchedule.js';
import type { Kinds, StoredInvoice, StoredSchedule, StoredSubscription, StoredTestClock } from '../store/kinds.js';
import { cycleOf, hasEnded, subscriptionMoments } from '../subscriptions/keepSubscription.js';
import { advanceInvoice, billSubscription } from '../subscriptions/passTime.js';
import { addIntervals } from '../subscriptions/periods.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';

/**
 * Sends a clock on its way. It is `advancing` in the answer; when somebody looks again it has arrived.
 *
 * @throws ApiFault 400 when the way is longer than two intervals of the shortest subscription, or than two years.
 */
export function startAdvance(turn: Turn, clock: StoredTestClock, until: number): StoredTestClock {
  if (until > farthest(turn, clock))
    throw badRequest('A test clock advances by at most two intervals of its shortest subscription at once, or by two years without any.', {
      param: 'frozen_time',
    });
  const advancing = turn.draft.put('test_helpers.test_clock', {
    ...clock,
    status: 'advancing',
    status_details: { advancing: { target_frozen_time: until } },
  });
  turn.draft.schedule({ lane: 'advance_clock', at: turn.sandboxNow * 1000, id: clock.id, attempt: 0 });
  emitEvent(turn, 'test_helpers.test_clock.advancing', advancing, clock);
  return advancing;
}

function farthest(turn: Turn, clock: StoredTestClock): number {
  const running = livingBy(turn, clock).subscriptions.filter((one) => !hasEnded(one));
  const limits = running.map((one) => addIntervals(clock.frozen_time, cycleOf(one), 2));
  return Math.min(addIntervals(clock.frozen_time, { interval: 'year', interval_count: 1 }, 2), ...limits);
}

/** Brings a clock to where it was sent, by way of every moment at which something happens; one that has arrived stays. */
export function arrive(turn: Turn, id: string): void {
  const clock = turn.draft.get('test_helpers.test_clock', id);
  const until = clock?.status_details.advancing?.target_frozen_time;
  if (!clock || until === undefined) return;
  let { frozen_time: at } = clock;
  for (let next = nextMoment(turn, clock, at); next <= until; next = nextMoment(turn, clock, at)) {
    at = next;
    turn.draft.put('test_helpers.test_clock', { ...clock, frozen_time: at });
    const { subscriptions, invoices, schedules } = livingBy(turn, clock);
    for (const invoice of invoices) advanceInvoice({ ...turn, now: at }, invoice.id);
    for (const schedule of schedules) advanceSchedule({ ...turn, now: at }, schedule.id);
    for (const subscription of subscriptions) billSubscription({ ...turn, now: at }, subscription.id);
  }
  const arrived = turn.draft.put('test_helpers.test_clock', { ...clock, frozen_time: until, status: 'ready', status_details: {} });
  emitEvent(turn, 'test_helpers.test_clock.ready', arrived, clock);
}

/** The first moment after `at` at which something happens to somebody who lives by the clock; `Infinity` for never. */
function nextMoment(turn: Turn, clock: StoredTestClock, at: number): number {
  const { subscriptions, invoices, schedules } = livingBy(turn, clock);
  const moments = [...subscriptions.flatMap(subscriptionMoments), ...invoices.flatMap(invoiceMoments), ...schedules.flatMap(scheduleMoments)];
  return Math.min(...moments.filter((moment) => moment > at));
}

interface Living {
  subscriptions: StoredSubscription[];
  invoices: StoredInvoice[];
  schedules: StoredSchedule[];
}

function livingBy({ draft }: Turn, { id }: StoredTestClock): Living {
  const customers = [...draft.walk('customer', { where: { field: 'test_clock', value: id } })];
  const theirs = <K extends 'invoice' | 'subscription' | 'subscription_schedule'>(kind: K): Kinds[K][] =>
    customers.flatMap((customer) => [...draft.walk<K>(kind, { where: { field: 'customer', value: customer.id } })]);
  return { subscriptions: theirs('subscription'), invoices: theirs('invoice'), schedules: theirs('subscription_schedule') };
}
