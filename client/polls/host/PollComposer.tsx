import { Button, Checkbox, Group, NativeSelect, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { PollKind, polls, type PollDraft, type PollFacts, type PollView } from '../../../shared/contracts/live/polls.js';
import { limits } from '../../../shared/limits.js';
import { newClientId } from '../../api/clientId.js';
import { call } from '../../api/socket.js';
import { Dialog } from '../../ui/Dialog.js';
import { ErrorNote } from '../../ui/ErrorNote.js';

export interface PollComposerProps {
  workshopId: string;
  /** The draft that is written anew; null for a new one. */
  poll: PollView | null;
  take: (poll: PollFacts) => void;
  onClose: () => void;
}

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** Where a host writes a poll. It becomes a draft, which only hosts see. */
export function PollComposer({ workshopId, poll, take, onClose }: PollComposerProps) {
  const { t } = useTranslation('polls');
  const id = useRef(newClientId());
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [form, setForm] = useState({ kind: poll?.kind ?? 'single', question: poll?.question ?? '', lines: poll?.options.join('\n') ?? '', right: poll?.right ?? [], isAnonymous: poll?.isAnonymous ?? false, resultsShown: poll?.resultsShown ?? false });
  const options = form.kind === 'text' ? [] : linesOf(form.lines);
  const isWhole = form.question.trim() !== '' && (form.kind === 'text' || (options.length >= 2 && options.length <= limits.pollOptionsMax && new Set(options).size === options.length));
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { lines: _, ...rest } = form;
    const draft: PollDraft = { ...rest, options, right: form.kind === 'single' || form.kind === 'multiple' ? form.right.filter((option) => option < options.length) : [] };
    setBusy(true);
    try {
      take(poll ? await call(polls.edit, { workshopId, pollId: poll.id, draft }) : await call(polls.create, { workshopId, clientPollId: id.current, draft }));
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog opened onClose={onClose} title={t('form.title')}>
      <form onSubmit={(event) => void save(event)}>
        <Stack gap="md">
          <Fields form={form} options={options} write={(changes) => setForm({ ...form, ...changes })} />
          <ErrorNote error={error} />
          <Group justify="flex-end"><Button type="submit" loading={isBusy} disabled={!isWhole}>{t('form.save')}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  );
}

interface Form {
  kind: PollKind;
  question: string;
  lines: string;
  right: number[];
  isAnonymous: boolean;
  resultsShown: boolean;
}

function Fields({ form, options, write }: { form: Form; options: readonly string[]; write: (changes: Partial<Form>) => void }) {
  const { t } = useTranslation('polls');
  const kinds = { single: t('kind.single'), multiple: t('kind.multiple'), ranking: t('kind.ranking'), text: t('kind.text') };
  const mayBeQuiz = (form.kind === 'single' || form.kind === 'multiple') && options.length >= 2;
  const choose = (chosen: string[]): void => write({ right: (form.kind === 'single' ? chosen.slice(-1) : chosen).map(Number) });
  return (
    <>
      <NativeSelect label={t('kind')} value={form.kind} onChange={(event) => write({ kind: PollKind.parse(event.currentTarget.value), right: [] })} data={PollKind.options.map((kind) => ({ value: kind, label: kinds[kind] }))} />
      <TextInput label={t('form.question')} maxLength={limits.pollQuestionLength} value={form.question} onChange={(event) => write({ question: event.currentTarget.value })} data-autofocus />
      {form.kind !== 'text' && (
        <Textarea label={t('form.options')} description={t('form.optionsHint', { max: limits.pollOptionsMax })} autosize minRows={3} value={form.lines} onChange={(event) => write({ lines: event.currentTarget.value })} />
      )}
      {mayBeQuiz && (
        <Checkbox.Group label={t('form.right')} value={form.right.map(String)} onChange={choose}>
          <Stack gap={6} mt={6}>{options.map((option, place) => <Checkbox key={option} value={String(place)} label={option} />)}</Stack>
        </Checkbox.Group>
      )}
      <Switch label={t('form.anonymous')} description={form.isAnonymous ? t('anonymous') : t('named')} checked={form.isAnonymous} onChange={(event) => write({ isAnonymous: event.currentTarget.checked })} />
      <Switch label={t('form.live')} checked={form.resultsShown} onChange={(event) => write({ resultsShown: event.currentTarget.checked })} />
    </>
  );
}
