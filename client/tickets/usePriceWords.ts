/** Why a price is what it is, in the reader's words. */
import { useTranslation } from 'react-i18next';
import type { PriceReason, PriceWhy } from '../../shared/contracts/selling.js';
import { useFormat } from '../ui/format.js';

export interface PriceWords {
  /** The rule's name; null for the price that everybody pays. */
  reason: (reason: PriceReason) => string | null;
  /** All that made the price, each in a line. */
  why: (why: PriceWhy, currency: string) => string[];
}

/** The words for what made a price. */
export function usePriceWords(): PriceWords {
  const { t } = useTranslation('tickets');
  const format = useFormat();
  const reason = (one: PriceReason): string | null => {
    switch (one.kind) {
      case 'list':
        return null;
      case 'member':
        return t('why.member', { tier: one.tierName });
      case 'early':
        return t('why.early', { when: format.dateTime(one.until) });
      case 'first':
        return t('why.first', { count: one.count });
    }
  };
  const why = ({ reason: rule, coupon }: PriceWhy, currency: string): string[] => {
    const lines = [reason(rule), coupon && t('why.coupon', { code: coupon.code, off: format.money({ amount: coupon.off, currency }) })];
    return lines.filter((line) => line !== null);
  };
  return { reason, why };
}
