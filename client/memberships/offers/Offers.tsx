import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillingInterval } from '../../../shared/contracts/memberships/memberships.js';
import type { TierPriceView } from '../../../shared/contracts/memberships/prices.js';
import type { TierOffer } from '../../../shared/contracts/tiers.js';
import { Badge } from '../../ui/Badge.js';
import { hasBothIntervals, IntervalSwitch } from './IntervalSwitch.js';
import { OfferCard, priceOf } from './OfferCard.js';
import { usePerInterval } from './planWords.js';
import type { RunningMembership } from '../useMine.js';
import styles from './offers.module.css';

interface OffersProps {
  tiers: readonly TierOffer[];
  running: RunningMembership | null;
  isTrialLeft: boolean;
  onChoose: (priceId: string) => void;
}

/** The tiers that are for sale, each with the way to begin with it or to change to it. */
export function Offers({ tiers, running, isTrialLeft, onChoose }: OffersProps) {
  const { t } = useTranslation('memberships');
  const [interval, setInterval] = useState<BillingInterval>(running?.plan.interval ?? 'month');
  const sold = tiers.filter(({ rank, key, prices }) => rank > 0 && (prices.length > 0 || key === running?.plan.tierKey)).toSorted((a, b) => a.rank - b.rank);
  const rankNow = tiers.find(({ key }) => key === running?.plan.tierKey)?.rank ?? 0;
  return (
    <>
      {hasBothIntervals(sold) && <IntervalSwitch value={interval} onChange={setInterval} />}
      <ul className={styles['offers']}>
        {sold.map((tier) => {
          const price = priceOf(tier, interval);
          const isMine = tier.key === running?.plan.tierKey;
          return (
            <OfferCard key={tier.key} tier={tier} price={price} badge={isMine && <Badge tone="good">{t('badge.yours')}</Badge>}>
              {running ? <ToChange tier={tier} price={price} running={running} isHigher={tier.rank > rankNow} onChoose={onChoose} /> : price && <ToBegin tier={tier} price={price} isTrialLeft={isTrialLeft} onChoose={onChoose} />}
            </OfferCard>
          );
        })}
      </ul>
    </>
  );
}

function ToBegin({ tier, price, isTrialLeft, onChoose }: { tier: TierOffer; price: TierPriceView; isTrialLeft: boolean; onChoose: (priceId: string) => void }) {
  const { t } = useTranslation('memberships');
  const perInterval = usePerInterval();
  const withTrial = isTrialLeft && price.trialDays > 0;
  return (
    <>
      <p className="meta">{withTrial ? t('thenPrice', { price: perInterval(price.price, price.interval) }) : t('anyTime')}</p>
      <Button fullWidth onClick={() => onChoose(price.id)}>{withTrial ? t('try', { count: price.trialDays }) : t('become', { tier: tier.name })}</Button>
    </>
  );
}

function ToChange({ tier, price, running, isHigher, onChoose }: { tier: TierOffer; price: TierPriceView | undefined; running: RunningMembership; isHigher: boolean; onChoose: (priceId: string) => void }) {
  const { t } = useTranslation('memberships');
  const perInterval = usePerInterval();
  const { plan } = running;
  const isSameTier = plan.tierKey === tier.key;
  if (isSameTier && (!price || price.interval === plan.interval)) {
    return <p className="meta">{price?.id === plan.priceId ? t('yours') : t('yoursAt', { price: perInterval(plan.price, plan.interval) })}</p>;
  }
  if (!price) return null;
  if (running.state === 'past_due') return <p className="meta">{t('fixFirst')}</p>;
  const word = isSameTier ? t(price.interval === 'month' ? 'payMonthly' : 'payYearly') : t(isHigher ? 'upgrade' : 'change', { tier: tier.name });
  return <Button fullWidth variant={isHigher ? 'filled' : 'default'} onClick={() => onChoose(price.id)}>{word}</Button>;
}
