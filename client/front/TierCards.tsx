import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TierView } from '../../shared/contracts/tiers.js';
import styles from './TierCards.module.css';

function TierCard({ tier }: { tier: TierView }) {
  const { t } = useTranslation('front');
  return (
    <li className={styles['tier']}>
      <h3>{tier.name}</h3>
      <ul>
        {tier.perks.map((perk) => (
          <li key={perk}>
            <IconCheck size={16} aria-hidden="true" />
            {perk}
          </li>
        ))}
      </ul>
      {tier.rank === 0 ? (
        <Button component={Link} to="/join" variant="default" fullWidth>
          {t('joinFree')}
        </Button>
      ) : (
        <p className="meta">{t('tierHow')}</p>
      )}
    </li>
  );
}

/** The memberships side by side, lowest first, each with what it opens. */
export function TierCards({ tiers }: { tiers: readonly TierView[] }) {
  return (
    <ul className={styles['tiers']}>
      {tiers.toSorted((a, b) => a.rank - b.rank).map((tier) => (
        <TierCard key={tier.key} tier={tier} />
      ))}
    </ul>
  );
}
