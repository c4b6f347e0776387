import { Box, Button } from '@mantine/core';
import { IconListCheck, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { HelpQueue } from './HelpQueue.js';
import { StepItem } from './StepItem.js';
import { StepsEditor } from './StepsEditor.js';
import type { Steps } from './useSteps.js';
import styles from './steps.module.css';

/** The checklist: each member presses done or stuck; hosts see how many are where, and who waits for help. */
export function StepsPane({ workshopId, steps }: { workshopId: string; steps: Steps }) {
  const { t } = useTranslation('steps');
  const [isEditing, setEditing] = useState(false);
  const { view } = steps;
  if (!view) return <div className={styles['scroll']}>{steps.error === null ? <RowsSkeleton height={72} /> : <ErrorNote error={steps.error} />}</div>;
  const { list, mine, board } = view;
  const done = mine.filter(({ state }) => state === 'done').length;
  return (
    <div className={styles['pane']}>
      <Box className={styles['scroll']} tabIndex={0} role="region" aria-label={t('pane')}>
        {list.steps.length === 0 && <EmptyState icon={<IconListCheck size={22} />} title={t('none')} {...(board ? { text: t('noneHost') } : {})} />}
        {board && list.steps.length > 0 && <HelpQueue workshopId={workshopId} list={list} board={board} take={steps.takeBoard} />}
        {list.steps.length > 0 && <p className={`${styles['progress']} tabular`} role="status">{t('progress', { done, count: list.steps.length })}</p>}
        <ol className={styles['list']}>
          {list.steps.map((step, place) => (
            <StepItem key={step.id} workshopId={workshopId} step={step} number={place + 1} mark={mine.find(({ stepId }) => stepId === step.id)} counts={board?.counts.find(({ stepId }) => stepId === step.id)} />
          ))}
        </ol>
        <ErrorNote error={steps.error} />
      </Box>
      {board && (
        <div className={styles['foot']}>
          <Button fullWidth variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setEditing(true)}>{t('edit')}</Button>
        </div>
      )}
      {isEditing && <StepsEditor list={list} take={steps.takeList} onClose={() => setEditing(false)} />}
    </div>
  );
}
