import { useTranslation } from 'react-i18next';
import type { QuestionState, QuestionView } from '../../../shared/contracts/live/questions.js';
import { Badge, type BadgeProps } from '../../ui/Badge.js';
import { useFormat } from '../../ui/format.js';
import { useNow } from '../../ui/useNow.js';
import { AnswerText } from '../AnswerText.js';
import { AskerFace } from '../AskerFace.js';
import type { Questions } from '../useQuestions.js';
import { OwnActs } from './OwnActs.js';
import type { OwnVote } from './useVotes.js';
import { VoteButton } from './VoteButton.js';
import styles from './pane.module.css';

export interface QuestionItemProps {
  question: QuestionView;
  isOwn: boolean;
  isGone: boolean;
  own: OwnVote;
  take: Questions['take'];
}

/** One question before the audience. */
export function QuestionItem({ question, isOwn, isGone, own, take }: QuestionItemProps) {
  const { t } = useTranslation('questions');
  const { state, answer, mergedIntoId, mergedCount } = question;
  const isPublic = (state === 'approved' || state === 'answering' || state === 'answered') && mergedIntoId === null;
  return (
    <li className={styles['question']} data-state={state} data-gone={isGone}>
      {isPublic && <VoteButton votes={own.votes} isOn={own.isOn} onVote={own.toggle} disabled={isGone} />}
      <div className={styles['body']}>
        <p className={styles['text']}>{question.text}</p>
        <p className={styles['by']}>
          <AskerFace asker={question.isAnonymous && !isOwn ? null : question.asker} />
          <Asked question={question} isOwn={isOwn} />
          <StateBadge question={question} />
          {mergedCount > 0 && <span className="meta">{t('merged.count', { count: mergedCount })}</span>}
        </p>
        {answer && (
          <div className={styles['answer']}>
            <p className="meta">{t('answer.by', { name: answer.by.name })}</p>
            <AnswerText text={answer.text} />
          </div>
        )}
        {isOwn && state === 'pending' && mergedIntoId === null && <OwnActs question={question} take={take} />}
      </div>
    </li>
  );
}

function Asked({ question, isOwn }: { question: QuestionView; isOwn: boolean }) {
  const { t } = useTranslation('questions');
  const format = useFormat();
  useNow(60_000);
  // Hosts know who it was; but their screen may be on the stage.
  const name = (question.isAnonymous && !isOwn ? null : question.asker?.name) ?? t('anonymous');
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
