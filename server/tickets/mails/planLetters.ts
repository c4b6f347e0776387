import { Types } from 'mongoose';
import type { Deps } from '../../deps.js';
import { DueLetter, type NewLetter } from '../../models/letters/dueLetter.js';
import type { OrderDocument } from '../../models/order.js';

const hourMs = 3_600_000;
/** What happened longer ago is not written about any more: an order of old that is looked at again. */
const newsMs = 7 * 24 * hourMs;

/** Notes the letters that an order's state calls for: a receipt, two reminders, one for each refund and for what Stripe asks before it, or one that a bank said no. Doing it again changes nothing. */
export async function planLetters(deps: Deps, order: OrderDocument): Promise<void> {
  const { paidAt } = order;
  const now = deps.now();
  if (order.state === 'failed') return DueLetter.plan([{ ...aboutOrder(order), kind: 'payment_failed', _id: `payment_failed:${String(order._id)}`, dueAt: now }]);
  await DueLetter.plan([...(order.state === 'paid' && paidAt && isNews(paidAt, now) ? lettersOfSeat(order, paidAt, now) : []), ...lettersOfRefunds(order, now)]);
}

const isNews = (at: Date, now: Date): boolean => at.getTime() >= now.getTime() - newsMs;

function lettersOfSeat(order: OrderDocument, paidAt: Date, now: Date): NewLetter[] {
  const about = aboutOrder(order);
  const before = (hours: number): Date => new Date(order.startsAt.getTime() - hours * hourMs);
  const reminders: NewLetter[] = [
    { ...about, kind: 'day_before', _id: `day_before:${String(order._id)}`, dueAt: before(24) },
    { ...about, kind: 'hour_before', _id: `hour_before:${String(order._id)}`, dueAt: before(1) },
  ];
  // Whoever buys later than a reminder is due has just read when it is.
  return [{ ...about, kind: 'receipt', _id: `receipt:${String(order._id)}`, dueAt: now }, ...reminders.filter(({ dueAt }) => dueAt > paidAt)];
}

/** A cancelled workshop's refunds are told of with the cancellation. */
function lettersOfRefunds(order: OrderDocument, now: Date): NewLetter[] {
  const made = (order.refunds ?? []).filter(({ by, amount, state, askedAt }) => by !== 'cancellation' && amount > 0 && isNews(askedAt, now) && (state === 'accepted' || state === 'done'));
  const letters = made.map(({ id }): NewLetter => ({ ...aboutOrder(order), kind: 'refund', _id: `refund:${String(order._id)}:${id}`, refundId: id, dueAt: now }));
  const { refundAsks } = order;
  // Each time that Stripe asks anew is another letter, by whichever node; each has its own end.
  return refundAsks && isNews(refundAsks.since, now) ? [...letters, { ...aboutOrder(order), kind: 'refund_asks', _id: `refund_asks:${String(order._id)}:${refundAsks.until?.getTime() ?? 'open'}`, dueAt: now }] : letters;
}

function aboutOrder({ _id, memberId, workshopId }: OrderDocument): Pick<NewLetter, 'memberId' | 'workshopId' | 'orderId'> {
  return { memberId, workshopId, orderId: _id };
}

/** Notes a letter to each of the members that a workshop will not take place. */
export async function planCancelledLetters(deps: Deps, workshopId: Types.ObjectId, memberIds: readonly string[]): Promise<void> {
  const dueAt = deps.now();
  await DueLetter.plan([...new Set(memberIds)].map((id) => ({ _id: `cancelled:${String(workshopId)}:${id}`, kind: 'cancelled', memberId: new Types.ObjectId(id), workshopId, dueAt })));
}
