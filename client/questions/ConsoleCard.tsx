import { Button, Group, UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionView } from '../../shared/contracts/questions.js';
import { Avatar } from '../ui/Avatar.js';
import { Badge } from '../ui/Badge.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { useNow } from '../ui/useNow.js';
import { actsOf, type Act, type Moderation } from './useModeration.js';
import styles from './questions.module.css';

export interface ConsoleCardProps {
  question: QuestionView;
  /** Nobody has heard from this asker in this workshop before. */
  isFirst: boolean;
  isSelected: boolean;
  onSelect: () => void;
  moderation: Moderation;
}

/** One question before its hosts: what, by whom, how old, and what can be done with it now. */
export function ConsoleCard({ question, isFirst, isSelected, onSelect, moderation }: ConsoleCardProps) {
  const { t } = useTranslation('questions');
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const words: Record<Act, string> = { approve: t('approve'), answerNow: t('answerNow'), markAnswered: t('done'), dismiss: t('dismiss') };
  const acts = actsOf[question.state];
  return (
    <li ref={card} className={styles['question']} data-state={question.state} data-selected={isSelected} aria-current={isSelected || undefined}>
      <UnstyledButton className={styles['text']} onClick={onSelect} onFocus={onSelect}>{question.text}</UnstyledButton>
      <p className={styles['by']}>
        <Avatar person={question.asker} size="small" />
        <span className="meta">{question.asker.name} · <Age question={question} /></span>
        {isFirst && question.state === 'pending' && <Badge>{t('console.first')}</Badge>}
        {question.state === 'answered' && <Badge tone="good">{t('state.answered')}</Badge>}
        {question.state === 'dismissed' && <Badge>{t('state.dismissed')}</Badge>}
      </p>
      {acts.length > 0 && (
        <Group gap={6}>
          {acts.map((act, index) => (
            <Button
              key={act} size="compact-md" variant={index === 0 ? 'filled' : act === 'dismiss' ? 'subtle' : 'default'} color={act === 'dismiss' ? 'gray' : 'accent'}
              disabled={moderation.busyId === question.id} onFocus={onSelect} onClick={() => moderation.act(question, act)}
            >
              {words[act]}
            </Button>
          ))}
        </Group>
      )}
      {moderation.trouble?.questionId === question.id && <ErrorNote error={moderation.trouble.error} />}
    </li>
  );
}

/** How long a question has been on air, to the second; else how long ago it was asked. */
function Age({ question }: { question: QuestionView }) {
  const { t } = useTranslation('questions');
  const format = useFormat();
  const isOnAir = question.state === 'answering' && question.answeringAt !== null;
  const now = useNow(isOnAir ? 1_000 : 30_000);
  if (question.state !== 'answering' || question.answeringAt === null) return <span className="tabular">{format.relative(question.askedAt)}</span>;
  return <span className="tabular">{t('console.onAirFor', { clock: format.clock((now - Date.parse(question.answeringAt)) / 1_000) })}</span>;
}
