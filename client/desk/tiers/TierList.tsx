import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TierPriceRow } from '../../../shared/contracts/memberships/prices.js';
import type { TierView } from '../../../shared/contracts/tiers.js';
import { Badge } from '../../ui/Badge.js';
import { Dialog } from '../../ui/Dialog.js';
import { Section } from '../../ui/PageFrame.js';
import { TierForm } from './TierForm.js';
import { TierPrices } from './TierPrices.js';
import styles from '../desk.module.css';

/** The tiers by rank; each but the free one can be changed, and has its prices. */
export function TierList({ tiers, prices }: { tiers: TierView[]; prices: readonly TierPriceRow[] }) {
  const { t } = useTranslation('desk');
  const [edited, setEdited] = useState<TierView | 'new' | null>(null);
  const byRank = tiers.toSorted((a, b) => a.rank - b.rank);
  return (
    <Section title={t('tiers.list')} action={<Button size="xs" variant="default" onClick={() => setEdited('new')}>{t('tiers.create')}</Button>}>
      <div className={styles['wideCards']}>
        {byRank.map((tier) => (
          <div key={tier.key} className={styles['card']}>
            <h3>{tier.name} <Badge>{t('tiers.rank')} {tier.rank}</Badge></h3>
            <ul className={styles['perks']}>{tier.perks.map((perk) => <li key={perk}>{perk}</li>)}</ul>
            {tier.rank > 0 && <Button size="xs" variant="default" aria-label={t('tiers.editOf', { name: tier.name })} onClick={() => setEdited(tier)}>{t('tiers.edit')}</Button>}
            {tier.rank > 0 && <TierPrices tier={tier} prices={prices.filter(({ tierKey, closedAt }) => tierKey === tier.key && closedAt === null)} />}
          </div>
        ))}
      </div>
      <Dialog opened={edited !== null} onClose={() => setEdited(null)} title={edited === 'new' || edited === null ? t('tiers.new') : t('tiers.editOf', { name: edited.name })}>
        {edited !== null && <TierForm tier={edited === 'new' ? null : edited} onDone={() => setEdited(null)} />}
      </Dialog>
    </Section>
  );
}
