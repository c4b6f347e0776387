import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { BillingInterval } from '../../../shared/contracts/memberships/memberships.js';
import type { TierOffer } from '../../../shared/contracts/tiers.js';
import styles from './offers.module.css';

/** Whether anything is to be chosen: some tier is sold both by the month and by the year. */
export function hasBothIntervals(tiers: readonly TierOffer[]): boolean {
  return tiers.some(({ prices }) => prices.length > 1);
}

/** By the month or by the year: the browser's own radio buttons, for this stands on the first page. */
export function IntervalSwitch({ value, onChange }: { value: BillingInterval; onChange: (interval: BillingInterval) => void }) {
  const { t } = useTranslation('memberships');
  const name = useId();
  const words = { month: t('interval.month'), year: t('interval.year') };
  return (
    <fieldset className={styles['switch']}>
      <legend className="unseen">{t('interval')}</legend>
      {BillingInterval.options.map((interval) => (
        <label key={interval} data-chosen={interval === value}>
          <input type="radio" name={name} value={interval} checked={interval === value} onChange={() => onChange(interval)} />
          {words[interval]}
        </label>
      ))}
    </fieldset>
  );
}
