import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { memberships } from '../../shared/contracts/memberships/memberships.js';
import type { TierPriceView } from '../../shared/contracts/memberships/prices.js';
import type { TierOffer } from '../../shared/contracts/tiers.js';
import { newClientId } from '../api/clientId.js';
import { useRouteMutation } from '../api/useRoute.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { useNow } from '../ui/useNow.js';
import { usePerInterval } from './offers/planWords.js';
import styles from './memberships.module.css';

const dayMs = 86_400_000;

/** A price that somebody may begin with, and its tier. */
export interface Choice {
  tier: TierOffer;
  price: TierPriceView;
}

/** What was chosen to begin with: when the first payment would be, and the way to the checkout. */
export function Chosen({ choice: { tier, price }, isTrialLeft, onLeave }: { choice: Choice; isTrialLeft: boolean; onLeave: () => void }) {
  const { t } = useTranslation(['memberships', 'common']);
  const format = useFormat();
  const perInterval = usePerInterval();
  const now = useNow(60_000);
  const start = useRouteMutation(memberships.start);
  // One name for what was chosen: a double click begins once.
  const [clientMembershipId] = useState(newClientId);
  const withTrial = isTrialLeft && price.trialDays > 0;
  const firstPayment = format.date(now + price.trialDays * dayMs);
  const begin = () => start.mutate({ clientMembershipId, priceId: price.id, withTrial }, { onSuccess: (begun) => location.assign('checkoutUrl' in begun && begun.checkoutUrl !== null ? begun.checkoutUrl : location.pathname) });
  return (
    <section className={styles['chosen']} aria-label={t('memberships:chosen')}>
      <p className="meta">{t('memberships:chosen')}</p>
      <h2>{tier.name} · {perInterval(price.price, price.interval)}</h2>
      <p>{withTrial ? t('memberships:begin.trial', { count: price.trialDays, price: format.money(price.price), when: firstPayment }) : t('memberships:begin.paid', { price: perInterval(price.price, price.interval) })}</p>
      {!isTrialLeft && price.trialDays > 0 && <p className="meta">{t('memberships:begin.noTrial')}</p>}
      <div className={styles['ways']}>
        <Button size="md" loading={start.isPending || start.isSuccess} onClick={begin}>{t('memberships:begin')}</Button>
        <Button size="md" variant="subtle" color="gray" onClick={onLeave}>{t('common:cancel')}</Button>
      </div>
      <ErrorNote error={start.error} />
    </section>
  );
}
