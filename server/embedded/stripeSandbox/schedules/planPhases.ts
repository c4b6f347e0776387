/** The phases of a schedule as they are asked for: each begins where the one before it ends. */
import { badRequest } from '../api/apiFault.js';
import { mergeMetadata } from '../api/params.js';
import type { StoredPhase, StoredSchedule, StoredSubscription } from '../store/kinds.js';
import { judgeItems, recurringPrice } from '../subscriptions/items.js';
import { addIntervals } from '../subscriptions/periods.js';
import type { Turn } from '../turn.js';
import { makePhase, makePhaseItem } from './blankSchedule.js';
import type { NewPhase } from './scheduleParams.js';

/**
 * The schedule's phases with those given in place of the one that it is in and all later ones; past ones may be left out.
 *
 * @throws ApiFault 400 when they do not follow one another, rewrite what has begun, or are for something that the
 *   subscription cannot become.
 */
export function planPhases(turn: Turn, schedule: StoredSchedule, subscription: StoredSubscription, given: readonly NewPhase[]): StoredPhase[] {
  const begun = schedule.current_phase?.start_date ?? turn.now;
  const phases: StoredPhase[] = [];
  for (const [place, phase] of given.entries()) phases.push(planPhase(turn, subscription, phase, { place, after: phases.at(-1), isLast: place === given.length - 1 }));
  const present = phases.filter(({ end_date: end }) => end > begun);
  const [current] = present;
  if (current?.start_date !== begun) throw badRequest('You can not modify the start date of the current phase.', { param: 'phases' });
  if (current.end_date <= turn.now) throw badRequest('The current phase cannot end in the past.', { param: 'phases' });
  judgeTrial(subscription, present);
  return [...schedule.phases.filter(({ start_date: start }) => start < begun), ...present];
}

interface Place {
  place: number;
  after: StoredPhase | undefined;
  isLast: boolean;
}

function planPhase(turn: Turn, subscription: StoredSubscription, given: NewPhase, where: Place): StoredPhase {
  const param = `phases[${where.place}]`;
  const prices = given.items.map(({ price }, position) => recurringPrice(turn, price, `${param}[items][${position}][price]`));
  judgeItems(prices.map((price) => ({ price })), `${param}[items]`);
  if (prices.length !== subscription.items.data.length)
    throw badRequest('The sandbox neither adds items to a subscription nor takes any away.', { param: `${param}[items]` });
  if (prices.some(({ currency }) => currency !== subscription.currency))
    throw badRequest('All phases must be in the currency of the subscription.', { param: `${param}[items]` });
  const start = startOf(given, where, param);
  return makePhase({
    currency: subscription.currency,
    end_date: endOf(given, { start, param, isLast: where.isLast, recurring: prices[0]?.recurring }),
    items: given.items.map(({ price, quantity = 1, metadata }) => makePhaseItem(price, quantity, mergeMetadata({}, metadata))),
    metadata: mergeMetadata({}, given.metadata),
    proration_behavior: given.proration_behavior ?? 'create_prorations',
    start_date: start,
    trial_end: given.trial_end ?? null,
  });
}

function startOf({ start_date: wanted }: NewPhase, { after }: Place, param: string): number {
  const start = after?.end_date ?? wanted;
  if (start === undefined)
    throw badRequest('The subscription schedule update is missing at least one phase with a `start_date` to anchor end dates to.', { param: 'phases' });
  if (wanted !== undefined && wanted !== start)
    throw badRequest('A phase must start when the phase before it ends.', { param: `${param}[start_date]` });
  return start;
}

interface End {
  start: number;
  param: string;
  isLast: boolean;
  recurring: { interval: string; interval_count: number } | null | undefined;
}

/** The last phase lasts for one interval of its price when nothing is said. */
function endOf({ end_date: end, duration }: NewPhase, { start, param, isLast, recurring }: End): number {
  if (end !== undefined && duration) throw badRequest('You may only specify one of these parameters: end_date, duration.', { param: `${param}[end_date]` });
  if (end !== undefined && end <= start) throw badRequest('The end date of a phase must be after its start date.', { param: `${param}[end_date]` });
  if (end !== undefined) return end;
  if (!duration && !isLast) throw badRequest('Only the last phase may go without `end_date` and `duration`.', { param: `${param}[end_date]` });
  const { interval, interval_count: count = 1 } = duration ?? recurring ?? { interval: 'month' };
  return addIntervals(start, { interval, interval_count: count }, 1);
}

/** At Stripe a schedule can begin and end trials; here it leaves the trial alone, and so must be told of it. */
function judgeTrial({ status, trial_end: end }: StoredSubscription, [current, ...later]: readonly StoredPhase[]): void {
  const running = status === 'trialing' ? end : null;
  if ((current?.trial_end ?? null) !== running || later.some(({ trial_end: trial }) => trial !== null))
    throw badRequest('The sandbox neither begins nor ends a trial by a schedule: `trial_end` of the current phase must be that of the subscription.', {
      param: 'phases',
    });
}
