import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { QuestionView } from '../../../shared/contracts/live/questions.js';
import type { Moderation } from './useModeration.js';
import styles from './console.module.css';

/** The questions that are seen in another, each with the way back. */
export function MergedList({ merged, moderation }: { merged: readonly QuestionView[]; moderation: Moderation }) {
  const { t } = useTranslation('questions');
  return (
    <ul className={styles['merged']} aria-label={t('merged.label')}>
      {merged.map((question) => (
        <li key={question.id}>
          <span>{question.text}</span>
          <Button size="compact-xs" variant="subtle" color="gray" aria-label={t('merged.separateOne', { text: question.text })} onClick={() => moderation.unmerge(question)}>{t('merged.separate')}</Button>
        </li>
      ))}
    </ul>
  );
}
