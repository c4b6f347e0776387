import { Button, type ButtonProps } from '@mantine/core';
import { IconCreditCard } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../ui/ErrorNote.js';
import { usePortal } from './useMine.js';

/** Leads to where the card is mended. */
export function FixCardButton({ size = 'md' }: Pick<ButtonProps, 'size'>) {
  const { t } = useTranslation('memberships');
  const { open, isOpening, error } = usePortal('card');
  return (
    <>
      <Button size={size ?? 'md'} leftSection={<IconCreditCard size={18} aria-hidden />} loading={isOpening} onClick={open}>{t('fixCard')}</Button>
      <ErrorNote error={error} />
    </>
  );
}
