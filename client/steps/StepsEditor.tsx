import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { steps, type Step, type StepList } from '../../shared/contracts/live/steps.js';
import { limits } from '../../shared/limits.js';
import { newClientId } from '../api/clientId.js';
import { call } from '../api/socket.js';
import { Dialog } from '../ui/Dialog.js';
import { ErrorNote } from '../ui/ErrorNote.js';

/** Where a host writes the checklist: a line for each step. A line that stays as it was keeps its marks, wherever it is moved; of the others one that stands where it stood does, too. */
export function StepsEditor({ list, take, onClose }: { list: StepList; take: (list: StepList) => void; onClose: () => void }) {
  const { t } = useTranslation('steps');
  // As it was opened: what another host changes meanwhile is not written over.
  const [opened] = useState(list);
  const [lines, setLines] = useState(list.steps.map(({ text }) => text).join('\n'));
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      take(await call(steps.save, { workshopId: opened.workshopId, version: opened.version, steps: stepsFrom(lines, opened.steps) }));
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog opened onClose={onClose} title={t('edit')}>
      <form onSubmit={(event) => void save(event)}>
        <Stack gap="md">
          <Textarea label={t('form.lines')} autosize minRows={5} maxRows={16} value={lines} onChange={(event) => setLines(event.currentTarget.value)} data-autofocus />
          <ErrorNote error={error} />
          <Group justify="flex-end"><Button type="submit" loading={isBusy}>{t('form.save')}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function stepsFrom(lines: string, before: readonly Step[]): Step[] {
  const texts = lines.split('\n').map((line) => line.trim().slice(0, limits.stepLength)).filter((line) => line !== '').slice(0, limits.stepsMax);
  const left = [...before];
  const taken = texts.map((text) => {
    const found = left.findIndex((step) => step.text === text);
    return found < 0 ? null : (left.splice(found, 1)[0] ?? null);
  });
  return texts.map((text, place) => {
    const reworded = taken[place] ?? left.find(({ id }) => id === before[place]?.id);
    if (reworded && !taken[place]) left.splice(left.indexOf(reworded), 1);
    return { id: reworded?.id ?? newClientId(), text };
  });
}
