import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { questions, type QuestionView } from '../../../../shared/contracts/live/questions.js';
import { limits } from '../../../../shared/limits.js';
import { call } from '../../../api/socket.js';
import { ErrorNote } from '../../../ui/ErrorNote.js';
import type { Questions } from '../../useQuestions.js';
import { useSaving } from './useSaving.js';

/** Answers a question in writing. */
export function AnswerForm({ question, take, onDone }: { question: QuestionView; take: Questions['take']; onDone: () => void }) {
  const { t } = useTranslation('questions');
  const [text, setText] = useState(question.answer?.text ?? '');
  const { isSaving, error, save } = useSaving(onDone);
  const submit = () => save(async () => take(await call(questions.answer, { workshopId: question.workshopId, questionId: question.id, text })));
  return (
    <Stack gap="sm">
      <Textarea autosize minRows={4} maxRows={12} data-autofocus label={t('answer.label')} description={t('answer.hint')} maxLength={limits.answerLength} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <ErrorNote error={error} />
      <Group justify="flex-end"><Button loading={isSaving} disabled={text.trim() === ''} onClick={submit}>{t('answer.send')}</Button></Group>
    </Stack>
  );
}
