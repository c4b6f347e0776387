/** The calendar of a subscription: https://docs.stripe.com/billing/subscriptions/billing-cycle */

/** How often something is billed. */
export interface Cycle {
  interval: string;
  interval_count: number;
}

/** From `start` until just before `end`; seconds since the epoch. */
export interface Period {
  start: number;
  end: number;
}

/** The period that an item of a subscription is in. */
export function periodOf({ current_period_start: start, current_period_end: end }: { current_period_start: number; current_period_end: number }): Period {
  return { start, end };
}

const day = 24 * 60 * 60;

/**
 * A moment moved by whole intervals, in UTC. Months are counted from the anchor, so that what began on the 31st is billed
 * on the last day of shorter months and on the 31st of longer ones.
 */
export function addIntervals(anchor: number, { interval, interval_count: each }: Cycle, count: number): number {
  const steps = each * count;
  if (interval === 'day') return anchor + steps * day;
  if (interval === 'week') return anchor + steps * 7 * day;
  const from = new Date(anchor * 1000);
  const months = from.getUTCMonth() + (interval === 'year' ? 12 * steps : steps);
  const last = new Date(Date.UTC(from.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const to = new Date(anchor * 1000);
  to.setUTCFullYear(from.getUTCFullYear(), months, Math.min(from.getUTCDate(), last));
  return to.getTime() / 1000;
}

/** The period which `moment`, no earlier than the anchor, falls in. */
export function periodAround(anchor: number, cycle: Cycle, moment: number): Period {
  let count = 0;
  while (addIntervals(anchor, cycle, count + 1) <= moment) count += 1;
  return { start: addIntervals(anchor, cycle, count), end: addIntervals(anchor, cycle, count + 1) };
}

/** The share of an amount (minor units) that falls on part of a period; rounded half away from zero. */
export function shareOf(amount: number, part: Period, whole: Period): number {
  const [length, all] = [part.end - part.start, whole.end - whole.start];
  const size = (2n * BigInt(Math.abs(amount)) * BigInt(length) + BigInt(all)) / (2n * BigInt(all));
  return amount < 0 ? -Number(size) : Number(size);
}
