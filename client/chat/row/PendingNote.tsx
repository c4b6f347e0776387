import { Button } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFailureWords } from '../../ui/ErrorNote.js';
import { discard, sendAgain, type Pending } from '../outbox.js';
import styles from './parts.module.css';

/** Beneath a bubble: that it is on its way, or why it is not, with what can be done. */
export function PendingNote({ pending }: { pending: Pending }) {
  const { t } = useTranslation('chat');
  const words = useFailureWords();
  if (pending.refusal === null) {
    return (
      <span className={styles['sending']}>
        <IconClock size={13} aria-hidden="true" /> {t('sending')}
      </span>
    );
  }
  return (
    <div role="alert" className={styles['refused']}>
      <span>
        {t('notSent')} {words(pending.refusal)}
      </span>
      <Button size="compact-xs" variant="light" color="bad" onClick={() => sendAgain(pending.clientMessageId)}>
        {t('tryAgain')}
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => discard(pending.clientMessageId)}>
        {t('discard')}
      </Button>
    </div>
  );
}
