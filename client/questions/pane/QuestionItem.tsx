import { Button } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EditQuestion, QuestionState, QuestionView } from '../../../shared/contracts/live/questions.js';
import type { Waiting } from '../../api/waiting/queue.js';
import { useWishes } from '../../api/waiting/wishes.js';
import { Badge, type BadgeProps } from '../../ui/Badge.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { useNow } from '../../ui/useNow.js';
import { AnswerText } from '../AnswerText.js';
import { AskerFace } from '../AskerFace.js';
import { edits } from '../outbox.js';
import type { Questions } from '../useQuestions.js';
import { ModeratorActs } from './ModeratorActs.js';
import { OwnActs } from './OwnActs.js';
import type { OwnVote } from './useVotes.js';
import { VoteButton } from './VoteButton.js';
import styles from './pane.module.css';

export interface QuestionItemProps {
  question: QuestionView;
  isOwn: boolean;
  isGone: boolean;
  /** The reader moderates without being a host. */
  moderates: boolean;
  own: OwnVote;
  take: Questions['take'];
}

/** One question before the audience. */
export function QuestionItem({ question, isOwn, isGone, moderates, own, take }: QuestionItemProps) {
  const { t } = useTranslation('questions');
  const { state, answer, mergedIntoId, mergedCount } = question;
  const edit = useWishes(edits).find(({ item }) => item.questionId === question.id);
  // Hosts know who it was; but their screen may be on the stage.
  const hidesAsker = question.isAnonymous && !isOwn && !moderates;
  const isPublic = (state === 'approved' || state === 'answering' || state === 'answered') && mergedIntoId === null;
  return (
    <li className={styles['question']} data-state={state} data-gone={isGone}>
      {isPublic && <VoteButton votes={own.votes} isOn={own.isOn} onVote={own.toggle} disabled={isGone} />}
      <div className={styles['body']}>
        <p className={styles['text']}>{edit?.refusal === null ? edit.item.text : question.text}</p>
        <p className={styles['by']}>
          <AskerFace asker={hidesAsker ? null : question.asker} />
          <Asked question={question} isOwn={isOwn} hidesAsker={hidesAsker} />
          <StateBadge question={question} />
          {mergedCount > 0 && <span className="meta">{t('merged.count', { count: mergedCount })}</span>}
        </p>
        {answer && (
          <div className={styles['answer']}>
            <p className="meta">{t('answer.by', { name: answer.by.name })}</p>
            <AnswerText text={answer.text} />
          </div>
        )}
        <ErrorNote error={own.refusal} />
        {edit && <EditStanding edit={edit} />}
        {isOwn && state === 'pending' && mergedIntoId === null && <OwnActs question={question} />}
        {moderates && mergedIntoId === null && <ModeratorActs question={question} take={take} />}
      </div>
    </li>
  );
}

/** A new wording that is on its way, or why it was not taken, whatever has become of the question meanwhile. */
function EditStanding({ edit: { item, refusal } }: { edit: Waiting<EditQuestion> }) {
  const { t } = useTranslation('questions');
  if (refusal === null) return <p className={`${styles['by']} meta`} role="status"><IconClock size={16} aria-hidden /> {t('outbox.sending')}</p>;
  return (
    <>
      <ErrorNote error={refusal} />
      <Button size="compact-md" variant="subtle" color="gray" onClick={() => edits.drop(item)}>{t('outbox.discard')}</Button>
    </>
  );
}

function Asked({ question, isOwn, hidesAsker }: { question: QuestionView; isOwn: boolean; hidesAsker: boolean }) {
  const { t } = useTranslation('questions');
  const format = useFormat();
  useNow(60_000);
  const name = (hidesAsker ? null : question.asker?.name) ?? t('anonymous');
  const you = isOwn ? ` (${question.isAnonymous ? t('youAnonymous') : t('you')})` : '';
  return <span className={`${styles['asked']} meta`}>{name}{you} · {format.relative(question.askedAt)}</span>;
}

function StateBadge({ question }: { question: QuestionView }) {
  const { t } = useTranslation('questions');
  const badges: Record<QuestionState, { word: string; tone: NonNullable<BadgeProps['tone']> } | null> = {
    answering: { word: t('state.answering'), tone: 'accent' },
    approved: null,
    pending: { word: t('state.pending'), tone: 'warn' },
    answered: { word: t('state.answered'), tone: 'good' },
    dismissed: { word: t('state.dismissed'), tone: 'plain' },
    retracted: null,
  };
  const badge = question.mergedIntoId === null ? badges[question.state] : { word: t('state.merged'), tone: 'plain' as const };
  return badge && <Badge tone={badge.tone}>{badge.word}</Badge>;
}
