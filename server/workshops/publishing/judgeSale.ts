import { areChargeable, type PublishWorkshop } from '../../../shared/contracts/workshops.js';
import { AppError } from '../../../shared/failures.js';
import { leastCharge } from '../../../shared/money.js';
import { Tier } from '../../models/tier.js';

/**
 * Judges what a workshop is to sell before it is announced: what could not be charged is told to the organizer now, and not
 * to the first buyer.
 *
 * @throws input.invalid - a price needs a smaller coin than cards know in this currency.
 * @throws price.too_small - a price is above nothing, and below the least that Stripe charges in this currency.
 * @throws tier.not_found - a rule is for the members of a tier that there is not.
 */
export async function judgeSale({ currency, types }: Pick<PublishWorkshop, 'currency' | 'types'>): Promise<void> {
  if (!areChargeable(currency, types)) throw new AppError('input.invalid', { problems: [{ path: 'types', message: 'the currency has no such small coin' }] });
  const least = leastCharge(currency);
  const prices = types.flatMap((type) => [type.price, ...type.rules.map((rule) => rule.price)]);
  if (prices.some((price) => price > 0 && price < least)) throw new AppError('price.too_small', { least: { amount: least, currency } });
  const wanted = new Set(types.flatMap((type) => type.rules.flatMap((rule) => (rule.kind === 'member' ? [rule.tierKey] : []))));
  if (wanted.size > 0 && (await Tier.countDocuments({ key: { $in: [...wanted] } })) < wanted.size) throw new AppError('tier.not_found');
}
