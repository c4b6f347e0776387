import { Button, Group } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { askAgain, discard, useQuestionOutbox } from '../outbox.js';
import styles from './pane.module.css';

/** One's own questions that are not stored yet: on their way, or refused. */
export function PendingAsks({ workshopId }: { workshopId: string }) {
  const { t } = useTranslation('questions');
  const asks = useQuestionOutbox().asks.filter((one) => one.workshopId === workshopId);
  if (asks.length === 0) return null;
  return (
    <ul className={styles['list']} aria-label={t('outbox.label')}>
      {asks.map(({ clientQuestionId, text, refusal }) => (
        <li key={clientQuestionId} className={styles['question']} data-state="pending">
          <div className={styles['body']}>
            <p className={styles['text']}>{text}</p>
            {refusal === null && <p className={`${styles['by']} meta`}><IconClock size={16} aria-hidden /> {t('outbox.sending')}</p>}
            <ErrorNote error={refusal} />
            {refusal !== null && (
              <Group gap={6}>
                <Button size="compact-md" variant="default" onClick={() => askAgain(clientQuestionId)}>{t('outbox.again')}</Button>
                <Button size="compact-md" variant="subtle" color="gray" onClick={() => discard(clientQuestionId)}>{t('outbox.discard')}</Button>
              </Group>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
