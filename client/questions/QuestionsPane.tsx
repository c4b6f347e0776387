import { Box } from '@mantine/core';
import { IconMessageQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { QuestionState, QuestionView } from '../../shared/contracts/questions.js';
import { Avatar } from '../ui/Avatar.js';
import { Badge, type BadgeProps } from '../ui/Badge.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { useNow } from '../ui/useNow.js';
import { AskBox } from './AskBox.js';
import type { Questions } from './useQuestions.js';
import styles from './questions.module.css';

export interface QuestionsPaneProps {
  workshopId: string;
  questions: Questions;
  /** Whose own questions are marked; they also see what of theirs waits or was not taken. */
  meId: string;
  /** Questions may be asked. */
  isOpen: boolean;
}

/** Where each state stands in the list: what is on air first, what is done last. */
const order: Record<QuestionState, number> = { answering: 0, approved: 1, pending: 2, answered: 3, dismissed: 4 };

/** The audience's side of the queue: what is being answered, what comes, and a place to ask. */
export function QuestionsPane({ workshopId, questions, meId, isOpen }: QuestionsPaneProps) {
  const { t } = useTranslation('questions');
  const sorted = questions.all?.toSorted((a, b) => order[a.state] - order[b.state]);
  return (
    <div className={styles['pane']}>
      <Box className={styles['scroll']} tabIndex={0} role="region" aria-label={t('list.label')}>
        {sorted?.length === 0 && <EmptyState icon={<IconMessageQuestion size={22} />} title={t('list.none')} text={t('list.noneText')} />}
        {sorted ? <ul className={styles['list']}>{sorted.map((each) => <QuestionItem key={each.id} question={each} isOwn={each.asker.id === meId} />)}</ul> : questions.error === null && <RowsSkeleton height={72} />}
        <ErrorNote error={questions.error} />
      </Box>
      {isOpen ? <AskBox workshopId={workshopId} onAsked={questions.take} /> : <p className={`${styles['closed']} meta`}>{t('ask.closed')}</p>}
    </div>
  );
}

function QuestionItem({ question, isOwn }: { question: QuestionView; isOwn: boolean }) {
  const { t } = useTranslation('questions');
  const format = useFormat();
  useNow(60_000);
  const badges: Record<QuestionState, { word: string; tone: NonNullable<BadgeProps['tone']> } | null> = {
    answering: { word: t('state.answering'), tone: 'accent' },
    approved: null,
    pending: { word: t('state.pending'), tone: 'warn' },
    answered: { word: t('state.answered'), tone: 'good' },
    dismissed: { word: t('state.dismissed'), tone: 'plain' },
  };
  const badge = badges[question.state];
  return (
    <li className={styles['question']} data-state={question.state}>
      <p className={styles['text']}>{question.text}</p>
      <p className={styles['by']}>
        <Avatar person={question.asker} size="small" />
        <span className="meta">{question.asker.name}{isOwn && ` (${t('you')})`} · {format.relative(question.askedAt)}</span>
        {badge && <Badge tone={badge.tone}>{badge.word}</Badge>}
      </p>
    </li>
  );
}
