import type { MembershipDocument } from '../../models/memberships/membership.js';
import type { SubscriptionReading } from './readSubscription.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

interface Standing {
  now: Date;
  invoice: SubscriptionReading['invoice'];
  /** Whether all that was paid stands in the ledger. */
  isBooked: boolean;
}

/** When a membership is compared with Stripe again if nobody asks for it sooner: at the moments that are known, and once a day. */
export function nextCheck({ state, checkoutUntil, periodEnd, graceUntil, cancelAt }: MembershipDocument, { now, invoice, isBooked }: Standing): Date {
  const after = (ms: number): Date => new Date(now.getTime() + ms);
  const isAwaited = invoice?.status === 'draft' || invoice?.status === 'open';
  const moments = [after(24 * hourMs), periodEnd, graceUntil, cancelAt];
  if (!isBooked) moments.push(after(5 * minuteMs));
  if (isAwaited) moments.push(after(hourMs));
  if (state === 'starting') moments.push(checkoutUntil);
  if (state === 'ended') moments.push(after(10 * minuteMs));
  const toCome = moments.filter((moment) => moment !== null).map((moment) => moment.getTime());
  // What should have come by now is looked at a little later again, not all the time.
  return new Date(Math.min(...toCome.map((moment) => (moment > now.getTime() ? moment : now.getTime() + minuteMs))));
}
