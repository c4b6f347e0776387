import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BillingInterval } from '../../shared/contracts/memberships/memberships.js';
import type { TierPriceView } from '../../shared/contracts/memberships/prices.js';
import type { TierOffer } from '../../shared/contracts/tiers.js';
import { hasBothIntervals, IntervalSwitch } from '../memberships/offers/IntervalSwitch.js';
import { OfferCard, priceOf } from '../memberships/offers/OfferCard.js';
import { offerPath } from '../memberships/offers/offerPath.js';
import { usePerInterval } from '../memberships/offers/planWords.js';
import styles from '../memberships/offers/offers.module.css';

/** The memberships side by side, lowest first, each with what it opens and costs, and the way in. */
export function TierCards({ tiers }: { tiers: readonly TierOffer[] }) {
  const [interval, setInterval] = useState<BillingInterval>('month');
  return (
    <>
      {hasBothIntervals(tiers) && <IntervalSwitch value={interval} onChange={setInterval} />}
      <ul className={styles['offers']}>
        {tiers.toSorted((a, b) => a.rank - b.rank).map((tier) => (
          <OfferCard key={tier.key} tier={tier} price={priceOf(tier, interval)}><WayIn tier={tier} price={priceOf(tier, interval)} /></OfferCard>
        ))}
      </ul>
    </>
  );
}

function WayIn({ tier, price }: { tier: TierOffer; price: TierPriceView | undefined }) {
  const { t } = useTranslation(['front', 'memberships']);
  const perInterval = usePerInterval();
  if (tier.rank === 0) return <Button component={Link} to="/join" variant="default" fullWidth>{t('front:joinFree')}</Button>;
  if (!price) return <p className="meta">{t('front:tierHow')}</p>;
  return (
    <>
      <p className="meta">{price.trialDays > 0 ? t('memberships:thenPrice', { price: perInterval(price.price, price.interval) }) : t('memberships:anyTime')}</p>
      <Button component={Link} to={`/join?next=${encodeURIComponent(offerPath(price.id))}`} fullWidth>
        {price.trialDays > 0 ? t('memberships:try', { count: price.trialDays }) : t('memberships:become', { tier: tier.name })}
      </Button>
    </>
  );
}
