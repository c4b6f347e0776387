import { Box, Button } from '@mantine/core';
import { IconChartBar, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PollView } from '../../shared/contracts/live/polls.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { PollComposer } from './host/PollComposer.js';
import { PollCard } from './PollCard.js';
import { scoreOf } from './results/score.js';
import type { Polls } from './usePolls.js';
import styles from './polls.module.css';

/** A workshop's polls, the newest first: to vote in, to read, and for hosts to steer. */
export function PollsPane({ workshopId, polls, canHost }: { workshopId: string; polls: Polls; canHost: boolean }) {
  const { t } = useTranslation('polls');
  const [edited, setEdited] = useState<PollView | 'new' | null>(null);
  const score = scoreOf(polls.all ?? []);
  return (
    <div className={styles['pane']}>
      <Box className={styles['scroll']} tabIndex={0} role="region" aria-label={t('pane')}>
        {score.count > 0 && <p className={styles['score']}>{t('score', score)}</p>}
        {polls.all?.length === 0 && <EmptyState icon={<IconChartBar size={22} />} title={t('none')} text={canHost ? t('noneHost') : t('noneText')} />}
        {polls.all
          ? <ul className={styles['list']}>{polls.all.toReversed().map((poll) => <PollCard key={poll.id} poll={poll} polls={polls} canHost={canHost} onEdit={() => setEdited(poll)} />)}</ul>
          : polls.error === null && <RowsSkeleton height={96} />}
        <ErrorNote error={polls.error} />
      </Box>
      {canHost && (
        <div className={styles['foot']}>
          <Button fullWidth variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>{t('new')}</Button>
        </div>
      )}
      {edited !== null && <PollComposer workshopId={workshopId} poll={edited === 'new' ? null : edited} take={polls.take} onClose={() => setEdited(null)} />}
    </div>
  );
}
