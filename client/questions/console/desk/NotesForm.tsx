import { Button, Group, NativeSelect, Stack, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../../shared/contracts/members.js';
import { questions, type QuestionView } from '../../../../shared/contracts/live/questions.js';
import { limits } from '../../../../shared/limits.js';
import { call } from '../../../api/socket.js';
import { ErrorNote } from '../../../ui/ErrorNote.js';
import type { Questions } from '../../useQuestions.js';
import { useSaving } from './useSaving.js';

export interface NotesFormProps {
  question: QuestionView;
  hosts: readonly PersonView[];
  take: Questions['take'];
  onDone: () => void;
}

/** Labels, and whose question it is; for hosts only. */
export function NotesForm({ question, hosts, take, onDone }: NotesFormProps) {
  const { t } = useTranslation('questions');
  const [labels, setLabels] = useState(question.desk?.labels ?? []);
  const [assigneeId, setAssigneeId] = useState(question.desk?.assignee?.id ?? null);
  const { isSaving, error, save } = useSaving(onDone);
  const at = { workshopId: question.workshopId, questionId: question.id };
  const submit = () =>
    save(async () => {
      take(await call(questions.label, { ...at, labels: labels.map((label) => label.slice(0, limits.questionLabelLength)) }));
      take(await call(questions.assign, { ...at, assigneeId }));
    });
  return (
    <Stack gap="sm">
      <TagsInput data-autofocus label={t('notes.labels')} description={t('notes.hint')} maxTags={limits.questionLabelsMax} value={labels} onChange={setLabels} clearButtonProps={{ 'aria-label': t('notes.clear') }} />
      <NativeSelect
        label={t('notes.assignee')} value={assigneeId ?? ''} onChange={(event) => setAssigneeId(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        data={[{ value: '', label: t('notes.nobody') }, ...hosts.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <ErrorNote error={error} />
      <Group justify="flex-end"><Button loading={isSaving} onClick={submit}>{t('notes.save')}</Button></Group>
    </Stack>
  );
}
