import { IconCreditCardOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format.js';
import { FixCardButton } from './FixCardButton.js';
import type { PastDueMembership } from './useMine.js';
import styles from './memberships.module.css';

/** Above every page while a payment has failed: until when everything stays open, and the one button that mends it. */
export function PastDueBand({ membership: { owed, graceUntil } }: { membership: PastDueMembership }) {
  const { t } = useTranslation('memberships');
  const format = useFormat();
  return (
    <div className={styles['pastDue']}>
      <IconCreditCardOff size={20} aria-hidden="true" />
      <p>{t('band.text', { owed: format.money(owed), when: format.date(graceUntil) })}</p>
      <FixCardButton size="xs" />
    </div>
  );
}
