import { Button, Group } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWishes } from '../../api/waiting/wishes.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { asks } from '../outbox.js';
import styles from './pane.module.css';

/** One's own questions that are not stored yet: on their way, or refused. */
export function PendingAsks({ workshopId }: { workshopId: string }) {
  const { t } = useTranslation('questions');
  const waiting = useWishes(asks).filter(({ item }) => item.workshopId === workshopId);
  if (waiting.length === 0) return null;
  return (
    <ul className={styles['list']} aria-label={t('outbox.label')}>
      {waiting.map(({ id, item, refusal }) => (
        <li key={id} className={styles['question']} data-state="pending">
          <div className={styles['body']}>
            <p className={styles['text']}>{item.text}</p>
            {refusal === null && <p className={`${styles['by']} meta`}><IconClock size={16} aria-hidden /> {t('outbox.sending')}</p>}
            <ErrorNote error={refusal} />
            {refusal !== null && (
              <Group gap={6}>
                <Button size="compact-md" variant="default" onClick={() => asks.again(item)}>{t('outbox.again')}</Button>
                <Button size="compact-md" variant="subtle" color="gray" onClick={() => asks.drop(item)}>{t('outbox.discard')}</Button>
              </Group>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
