import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../ui/ErrorNote.js';
import { Section } from '../ui/PageFrame.js';
import { usePortal } from './useMine.js';
import styles from './memberships.module.css';

/** The way to what the payment service keeps: invoices, the card, the billing address. */
export function Invoices() {
  const { t } = useTranslation('memberships');
  const { open, isOpening, error } = usePortal('overview');
  return (
    <Section title={t('invoices')}>
      <div className={styles['invoices']}>
        <p>{t('portalText')}</p>
        <Button variant="default" rightSection={<IconExternalLink size={16} aria-hidden />} loading={isOpening} onClick={open}>{t('portal')}</Button>
        <ErrorNote error={error} />
      </div>
    </Section>
  );
}
