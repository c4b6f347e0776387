import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillingInterval } from '../../../shared/contracts/memberships/memberships.js';
import type { TierPriceView } from '../../../shared/contracts/memberships/prices.js';
import type { TierOffer } from '../../../shared/contracts/tiers.js';
import { useFormat } from '../../ui/format.js';
import { Perks } from './Perks.js';
import styles from './offers.module.css';

/** The price of a tier for the chosen interval, or the one it has; undefined where it is not for sale. */
export function priceOf({ prices }: TierOffer, interval: BillingInterval): TierPriceView | undefined {
  return prices.find((price) => price.interval === interval) ?? prices[0];
}

/** A tier with what it opens and costs; what can be done about it is the page's to say. */
export function OfferCard({ tier, price, badge, children }: { tier: TierOffer; price: TierPriceView | undefined; badge?: ReactNode; children: ReactNode }) {
  return (
    <li className={styles['offer']}>
      <h3>{tier.name} {badge}</h3>
      {price && <PriceTag tier={tier} price={price} />}
      <Perks perks={tier.perks} />
      {children}
    </li>
  );
}

function PriceTag({ tier, price }: { tier: TierOffer; price: TierPriceView }) {
  const { t } = useTranslation('memberships');
  const format = useFormat();
  const saved = savedByTheYear(tier, price);
  return (
    <p className={styles['price']}>
      <b className="tabular">{format.money(price.price)}</b> <span>{t(price.interval === 'month' ? 'aMonth' : 'aYear')}</span>
      {saved > 0 && <span className={styles['saved']}>{t('saved', { percent: saved })}</span>}
    </p>
  );
}

/** How many percent less a year costs than twelve months, rounded down; 0 where it costs no less or cannot be compared. */
function savedByTheYear({ prices }: TierOffer, { interval, price: { amount, currency } }: TierPriceView): number {
  const month = prices.find((one) => one.interval === 'month' && one.price.currency === currency);
  if (interval !== 'year' || !month) return 0;
  return Math.max(0, Math.floor(100 * (1 - amount / (12 * month.price.amount))));
}
