import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { steps, type HelpRequest, type StepBoard, type StepList } from '../../shared/contracts/live/steps.js';
import { call } from '../api/socket.js';
import { Avatar } from '../ui/Avatar.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { useNow } from '../ui/useNow.js';
import styles from './steps.module.css';

/** Who is stuck, the longest first, before the hosts. */
export function HelpQueue({ workshopId, list, board, take }: { workshopId: string; list: StepList; board: StepBoard; take: (board: StepBoard) => void }) {
  const { t } = useTranslation('steps');
  const format = useFormat();
  useNow(30_000);
  const [error, setError] = useState<unknown>(null);
  const help = async ({ stepId, person }: HelpRequest): Promise<void> => {
    setError(null);
    try {
      take(await call(steps.markHelped, { workshopId, stepId, memberId: person.id }));
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <section className={styles['queue']} aria-label={t('queue')}>
      <h3>{t('queue')}</h3>
      {board.queue.length === 0 && <p className="meta">{t('queueNone')}</p>}
      <ol className={styles['list']}>
        {board.queue.map((request) => {
          const place = list.steps.findIndex(({ id }) => id === request.stepId);
          return (
            <li key={`${request.stepId} ${request.person.id}`} className={styles['request']}>
              <Avatar person={request.person} size="small" />
              <div>
                <p>{request.person.name} <span className="meta">· {format.relative(request.since)}</span></p>
                <p className="meta">{t('step', { number: place + 1, text: list.steps[place]?.text ?? '' })}</p>
                {request.note !== '' && <p>{request.note}</p>}
              </div>
              <Button variant="default" onClick={() => void help(request)}>{t('markHelped')}</Button>
            </li>
          );
        })}
      </ol>
      <ErrorNote error={error} />
    </section>
  );
}
