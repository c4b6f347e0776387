/** What a tier costs, in words. */
import { useTranslation } from 'react-i18next';
import type { BillingInterval } from '../../../shared/contracts/memberships/memberships.js';
import type { Money } from '../../../shared/money.js';
import { useFormat } from '../../ui/format.js';

/** `€5.00 a month`. */
export function usePerInterval(): (price: Money, interval: BillingInterval) => string {
  const { t } = useTranslation('memberships');
  const format = useFormat();
  return (price, interval) => t(interval === 'month' ? 'per.month' : 'per.year', { price: format.money(price) });
}
