import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BillingInterval } from '../../../shared/contracts/memberships/memberships.js';
import type { TierPriceRow } from '../../../shared/contracts/memberships/prices.js';
import type { TierView } from '../../../shared/contracts/tiers.js';
import { usePerInterval } from '../../memberships/offers/planWords.js';
import { Dialog } from '../../ui/Dialog.js';
import { ClosePrice } from './ClosePrice.js';
import { PriceForm } from './PriceForm.js';
import styles from './tiers.module.css';

/** What newcomers pay for a tier by the month and by the year, and the ways to set, change and close each. */
export function TierPrices({ tier, prices }: { tier: TierView; prices: readonly TierPriceRow[] }) {
  const { t } = useTranslation('desk');
  const [edited, setEdited] = useState<BillingInterval | null>(null);
  const words = { tier: tier.name };
  const titles = { month: t('prices.setMonth', words), year: t('prices.setYear', words) };
  const priceOf = (interval: BillingInterval) => prices.find((price) => price.interval === interval);
  const wordOf = (interval: BillingInterval) => (priceOf(interval) ? t('prices.change') : t('prices.set'));
  return (
    <>
      <ul className={styles['prices']} aria-label={t('prices.pricesOf', words)}>
        {BillingInterval.options.map((interval) => (
          <li key={interval}>
            <PriceLine interval={interval} price={priceOf(interval)} />
            <Button size="xs" variant="default" aria-label={t('prices.named', { act: wordOf(interval), what: titles[interval] })} onClick={() => setEdited(interval)}>{wordOf(interval)}</Button>
            <ClosePrice tier={tier} price={priceOf(interval)} />
          </li>
        ))}
      </ul>
      <Dialog opened={edited !== null} onClose={() => setEdited(null)} title={edited && titles[edited]}>
        {edited && <PriceForm tier={tier} interval={edited} before={priceOf(edited)} onDone={() => setEdited(null)} />}
      </Dialog>
    </>
  );
}

function PriceLine({ interval, price }: { interval: BillingInterval; price: TierPriceRow | undefined }) {
  const { t } = useTranslation('desk');
  const perInterval = usePerInterval();
  if (!price) return <span className="meta">{t(interval === 'month' ? 'prices.noMonth' : 'prices.noYear')}</span>;
  return (
    <span>
      <b className="tabular">{perInterval(price.price, interval)}</b>
      {price.trialDays > 0 && <span className="meta"> · {t('prices.trialFirst', { count: price.trialDays })}</span>}
      {!price.isReady && <span className={styles['notReady']}>{t('prices.notReady')}</span>}
    </span>
  );
}
