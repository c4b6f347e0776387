import { UnstyledButton } from '@mantine/core';
import { IconChevronUp } from '@tabler/icons-react';
import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionView } from '../../../shared/contracts/live/questions.js';
import { Avatar } from '../../ui/Avatar.js';
import { Badge } from '../../ui/Badge.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { useNow } from '../../ui/useNow.js';
import { AnswerText } from '../AnswerText.js';
import { AskerFace } from '../AskerFace.js';
import { CardActs } from './CardActs.js';
import { MergedList } from './MergedList.js';
import type { Desk } from './useConsoleKeys.js';
import type { Moderation } from './useModeration.js';
import styles from './console.module.css';

export interface ConsoleCardProps {
  question: QuestionView;
  /** It has moved on, and only keeps its place while somebody points at the board. */
  isGone: boolean;
  /** Nobody has heard from this asker in this workshop before. */
  isFirst: boolean;
  isSelected: boolean;
  isBusy: boolean;
  /** What went wrong with it last. */
  trouble: unknown;
  /** Those that are merged into it. */
  merged: readonly QuestionView[];
  meId: string;
  onSelect: (questionId: string) => void;
  openDesk: (question: QuestionView, desk: Desk) => void;
  moderation: Moderation;
}

/** One question before its hosts: what, by whom, how old, and what can be done with it now. Drawn anew only when it changes: there may be hundreds. */
export const ConsoleCard = memo(function ConsoleCard({ question, isGone, isFirst, isSelected, isBusy, trouble, merged, meId, onSelect, openDesk, moderation }: ConsoleCardProps) {
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const select = () => onSelect(question.id);
  return (
    <li ref={card} className={styles['card']} data-state={question.state} data-gone={isGone} data-selected={isSelected} aria-current={isSelected || undefined}>
      <UnstyledButton className={styles['text']} onClick={select} onFocus={select}>{question.text}</UnstyledButton>
      <Facts question={question} isFirst={isFirst} />
      <Notes question={question} />
      {question.answer && <div className={styles['answer']}><AnswerText text={question.answer.text} /></div>}
      {merged.length > 0 && <MergedList merged={merged} moderation={moderation} />}
      {!isGone && <CardActs question={question} isBusy={isBusy} meId={meId} onSelect={onSelect} openDesk={openDesk} moderation={moderation} />}
      <ErrorNote error={trouble} />
    </li>
  );
});

function Facts({ question, isFirst }: { question: QuestionView; isFirst: boolean }) {
  const { t } = useTranslation('questions');
  return (
    <p className={styles['by']}>
      <AskerFace asker={question.asker} />
      <span className="meta">{question.asker?.name ?? t('anonymous')} · <Age question={question} /></span>
      <span className={`${styles['votes']} tabular`}><IconChevronUp size={16} aria-hidden />{question.votes}<span className="unseen"> {t('vote.word', { count: question.votes })}</span></span>
      {question.isAnonymous && <Badge tone="warn">{t('console.anonymous')}</Badge>}
      {isFirst && question.state === 'pending' && <Badge>{t('console.first')}</Badge>}
      {question.state === 'answered' && <Badge tone="good">{t('state.answered')}</Badge>}
      {question.state === 'dismissed' && <Badge>{t('state.dismissed')}</Badge>}
    </p>
  );
}

/** What hosts have noted beside it. */
function Notes({ question: { desk } }: { question: QuestionView }) {
  const { t } = useTranslation('questions');
  if (!desk || (desk.labels.length === 0 && !desk.assignee)) return null;
  return (
    <p className={styles['by']}>
      {desk.labels.map((label) => <Badge key={label} tone="accent">{label}</Badge>)}
      {desk.assignee && <span className={`${styles['assignee']} meta`}><Avatar person={desk.assignee} size="small" /> {t('notes.for', { name: desk.assignee.name })}</span>}
    </p>
  );
}

/** How long a question has been on air, to the second; else how long ago it was asked. */
function Age({ question }: { question: QuestionView }) {
  const { t } = useTranslation('questions');
  const format = useFormat();
  const { state, answeringAt } = question;
  const now = useNow(state === 'answering' ? 1_000 : 30_000);
  if (state !== 'answering' || answeringAt === null) return <span className="tabular">{format.relative(question.askedAt)}</span>;
  return <span className="tabular">{t('console.onAirFor', { clock: format.clock((now - Date.parse(answeringAt)) / 1_000) })}</span>;
}
