import { AppError } from '../../../shared/failures.js';
import type { RunningMembership } from '../../access/memberships/accessMembership.js';
import { TierPrice, type TierPriceDocument } from '../../models/memberships/tierPrice.js';
import { Tier } from '../../models/tier.js';
import type { Deps } from '../../deps.js';
import { readRunning, type SubscriptionReading } from '../settle/readSubscription.js';

/** A change that may be made, and how. */
export interface Change {
  price: TierPriceDocument & { stripePriceId: string };
  reading: SubscriptionReading;
  /**
   * upgrade: at once, and the difference is charged at once. downgrade: at the period's end, which is paid for. trial: at once, the
   * trial goes on. trial_over: at once, and the trial with it, for the new price has none.
   */
  how: 'upgrade' | 'downgrade' | 'trial' | 'trial_over';
}

/**
 * Judges how a membership goes over to another price: what is better comes at once, what is less only when all that was paid for has
 * been had.
 *
 * @throws price.not_found | price.same | price.wrong_currency
 * @throws membership.fix_card - what is owed comes first.
 * @throws membership.wrong_state - it has ended at Stripe.
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function judgeChange(deps: Deps, membership: RunningMembership, priceId: string): Promise<Change> {
  const price = await TierPrice.openById(priceId);
  if (!price) throw new AppError('price.not_found');
  if (membership.plan.priceId.equals(price._id)) throw new AppError('price.same');
  if (membership.plan.currency !== price.currency) throw new AppError('price.wrong_currency');
  const { stripePriceId } = price;
  if (!stripePriceId) throw new AppError('payment.unavailable');
  const reading = await readRunning(deps, membership);
  if (reading.status === 'past_due') throw new AppError('membership.fix_card', { graceUntil: (membership.graceUntil ?? reading.periodEnd).toISOString() });
  const ready = { price: { ...price, stripePriceId }, reading };
  if (reading.status === 'trialing') return { ...ready, how: price.trialDays > 0 ? 'trial' : 'trial_over' };
  if (reading.status !== 'active') throw new AppError('membership.wrong_state', { state: 'ended' });
  return { ...ready, how: (await isBetter(membership, price)) ? 'upgrade' : 'downgrade' };
}

/** A higher tier is better; of the same one the year is, and else what costs more. */
async function isBetter({ plan }: RunningMembership, price: TierPriceDocument): Promise<boolean> {
  const [from, to] = await Promise.all([Tier.highestRank([plan.tierKey]), Tier.highestRank([price.tierKey])]);
  if (from !== to) return to > from;
  if (plan.interval !== price.interval) return price.interval === 'year';
  return price.amount > plan.amount;
}
