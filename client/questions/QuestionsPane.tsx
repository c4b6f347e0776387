import { Box, SegmentedControl } from '@mantine/core';
import { IconMessageQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../shared/contracts/members.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { AskBox } from './pane/AskBox.js';
import { PendingAsks } from './pane/PendingAsks.js';
import { QuestionItem } from './pane/QuestionItem.js';
import { sortings, sortQuestions, type Sorting } from './pane/sorting.js';
import { useVotes } from './pane/useVotes.js';
import { useHeld } from './useHeld.js';
import type { Questions } from './useQuestions.js';
import { useSteadyOrder } from './useSteadyOrder.js';
import styles from './pane/pane.module.css';

export interface QuestionsPaneProps {
  workshopId: string;
  questions: Questions;
  /** Whose own questions are marked; they also see what of theirs waits or was not taken. Moderators see all, and settle it here. */
  me: PersonView;
  /** Questions may be asked. */
  isOpen: boolean;
}

/** The audience's side of the queue: what is being answered, what comes, and a place to ask. */
export function QuestionsPane({ workshopId, questions, me, isOpen }: QuestionsPaneProps) {
  const { t } = useTranslation('questions');
  const [sorting, setSorting] = useState<Sorting>('votes');
  const voteOf = useVotes(workshopId, questions);
  const { all, error, take, settings } = questions;
  const held = useHeld();
  const rows = useSteadyOrder(all ? sortQuestions(all, sorting) : [], held.isHeld, sorting);
  return (
    <div className={styles['pane']}>
      {all && all.length > 1 && (
        <SegmentedControl
          className={styles['sorting']} size="xs" aria-label={t('sort.label')} value={sorting} onChange={setSorting}
          data={sortings.map((value) => ({ value, label: t(`sort.${value}`) }))}
        />
      )}
      <Box className={styles['scroll']} tabIndex={0} role="region" aria-label={t('list.label')} {...held.handlers}>
        <PendingAsks workshopId={workshopId} />
        {all?.length === 0 && <EmptyState icon={<IconMessageQuestion size={22} />} title={t('list.none')} text={t('list.noneText')} />}
        {all === null && error === null && <RowsSkeleton height={72} />}
        <ul className={styles['list']}>
          {rows.map(({ question, isGone }) => (
            <QuestionItem key={question.id} question={question} isGone={isGone} isOwn={question.asker?.id === me.id} moderates={me.role === 'moderator'} own={voteOf(question)} take={take} />
          ))}
        </ul>
        <ErrorNote error={error} />
      </Box>
      {isOpen ? <AskBox workshopId={workshopId} settings={settings} voteOf={voteOf} /> : <p className={`${styles['closed']} meta`}>{t('ask.closed')}</p>}
    </div>
  );
}
