import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './Dialog.js';
import styles from './styles/AskOnce.module.css';

export interface AskOnceProps {
  opened: boolean;
  /** The question, ending in a question mark. */
  title: string;
  /** What will happen, in a sentence or two; what failed, after a failure. */
  children: ReactNode;
  /** The word on the button that does it. */
  confirm: string;
  /** The word on the button that does nothing; "Cancel" where nothing better is said. */
  refuse?: string;
  tone?: 'accent' | 'bad' | 'live';
  isBusy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** A plain question before something that cannot be taken back, or that everybody sees. */
export function AskOnce({ opened, title, children, confirm, refuse, tone = 'accent', isBusy = false, onConfirm, onClose }: AskOnceProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <div className={styles['text']}>{children}</div>
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={onClose}>{refuse ?? t('cancel')}</Button>
        <Button color={tone} loading={isBusy} onClick={onConfirm} data-autofocus>{confirm}</Button>
      </Group>
    </Dialog>
  );
}
