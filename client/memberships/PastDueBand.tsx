import { IconCreditCardOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format.js';
import { FixCardButton } from './acts.js';
import { useMine } from './useMine.js';
import styles from './memberships.module.css';

/** Above every page while a payment has failed: until when everything stays open, and the one button that mends it. */
export function PastDueBand() {
  const { t } = useTranslation('memberships');
  const format = useFormat();
  const membership = useMine().data?.membership;
  if (membership?.state !== 'past_due') return null;
  return (
    <div className={styles['pastDue']} role="status">
      <IconCreditCardOff size={20} aria-hidden="true" />
      <p>{t('band.text', { owed: format.money(membership.owed), when: format.date(membership.graceUntil) })}</p>
      <FixCardButton size="xs" />
    </div>
  );
}
