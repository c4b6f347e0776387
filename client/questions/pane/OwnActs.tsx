import { Button, Group, Textarea } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionView } from '../../../shared/contracts/live/questions.js';
import { limits } from '../../../shared/limits.js';
import { useWishes } from '../../api/waiting/wishes.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { edits, retractions } from '../outbox.js';
import styles from './pane.module.css';

/** What the asker may do with a question of theirs that waits: word it anew, or take it back. */
export function OwnActs({ question }: { question: QuestionView }) {
  const { t } = useTranslation('questions');
  const [draft, setDraft] = useState<string | null>(null);
  const at = { workshopId: question.workshopId, questionId: question.id };
  const edit = useWishes(edits).find(({ item }) => item.questionId === question.id);
  const retraction = useWishes(retractions).find(({ item }) => item.questionId === question.id);
  const retract = (): void => {
    edits.drop({ ...at, text: question.text });
    retractions.put(at);
  };
  const save = (text: string): void => {
    edits.put({ ...at, text });
    setDraft(null);
  };
  if (retraction?.refusal === null) return <p className={`${styles['by']} meta`} role="status"><IconClock size={16} aria-hidden /> {t('own.retracting')}</p>;
  if (draft === null) {
    return (
      <Group gap={6}>
        <Button size="compact-md" variant="default" onClick={() => setDraft(edit?.item.text ?? question.text)}>{t('own.edit')}</Button>
        <Button size="compact-md" variant="subtle" color="gray" onClick={retract}>{t('own.retract')}</Button>
        <ErrorNote error={retraction?.refusal ?? null} />
      </Group>
    );
  }
  return (
    <div className={styles['edit']}>
      <Textarea autosize maxRows={5} aria-label={t('own.editLabel')} maxLength={limits.questionLength} value={draft} onChange={(event) => setDraft(event.currentTarget.value)} data-autofocus />
      <Group gap={6}>
        <Button size="compact-md" disabled={draft.trim() === ''} onClick={() => save(draft.trim())}>{t('own.save')}</Button>
        <Button size="compact-md" variant="subtle" color="gray" onClick={() => setDraft(null)}>{t('own.cancel')}</Button>
      </Group>
    </div>
  );
}
