import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { questions, type QuestionView } from '../../../shared/contracts/live/questions.js';
import { call } from '../../api/socket.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import type { Questions } from '../useQuestions.js';

/** What a moderator, who has no console, does with a question: lets it through, or takes it out of the queue. */
export function ModeratorActs({ question: { id, workshopId, state, text }, take }: { question: QuestionView; take: Questions['take'] }) {
  const { t } = useTranslation('questions');
  const [error, setError] = useState<unknown>(null);
  const act = async (step: typeof questions.approve) => {
    setError(null);
    try {
      take(await call(step, { workshopId, questionId: id }));
    } catch (failure) {
      setError(failure);
    }
  };
  const approve = state === 'dismissed' ? t('bringBack') : t('approve');
  return (
    <Group gap={6} role="group" aria-label={t('moderate.label', { text })}>
      {(state === 'pending' || state === 'dismissed') && <Button size="compact-md" onClick={() => void act(questions.approve)}>{approve}</Button>}
      {state !== 'dismissed' && <Button size="compact-md" variant="subtle" color="gray" onClick={() => void act(questions.dismiss)}>{t('dismiss')}</Button>}
      <ErrorNote error={error} />
    </Group>
  );
}
