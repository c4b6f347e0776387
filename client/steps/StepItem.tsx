import { Button, Group, TextInput } from '@mantine/core';
import { IconCheck, IconClock, IconHandStop } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MarkStep, MyMark, Step, StepBoard } from '../../shared/contracts/live/steps.js';
import { limits } from '../../shared/limits.js';
import { newClientId } from '../api/clientId.js';
import { useWishes } from '../api/waiting/wishes.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { marks } from './marks.js';
import styles from './steps.module.css';

export interface StepItemProps {
  workshopId: string;
  step: Step;
  number: number;
  mark: MyMark | undefined;
  /** How others fare at it; only hosts know. */
  counts: StepBoard['counts'][number] | undefined;
}

/** One step and one's own mark at it, which stands at once and waits for the connection where there is none. */
export function StepItem({ workshopId, step, number, mark, counts }: StepItemProps) {
  const { t } = useTranslation('steps');
  const [isAsking, setAsking] = useState(false);
  const waiting = useWishes(marks).find(({ item }) => item.workshopId === workshopId && item.stepId === step.id);
  const state = waiting && waiting.refusal === null ? waiting.item.state : (mark?.state ?? 'open');
  const press = (next: MarkStep['state'], note = ''): void => {
    setAsking(false);
    marks.put({ workshopId, stepId: step.id, clientMarkId: newClientId(), state: next, note });
  };
  return (
    <li className={styles['step']} data-state={state}>
      <p className={styles['text']}>{t('step', { number, text: step.text })}</p>
      {counts && <p className={`${styles['counts']} tabular`}>{t('counts', counts)}</p>}
      <p className="meta" role="status">
        {waiting && waiting.refusal === null ? <><IconClock size={14} aria-hidden /> {t('waiting')}</> : state === 'stuck' ? t('waitingHelp') : state === 'helped' && t('helped')}
      </p>
      {isAsking ? <AskForHelp onAsk={(note) => press('stuck', note)} onCancel={() => setAsking(false)} /> : (
        <Group gap={6}>
          {state === 'done' && <Button variant="subtle" color="gray" onClick={() => press('open')}>{t('undo')}</Button>}
          {state === 'stuck' && <Button variant="default" onClick={() => press('open')}>{t('resolved')}</Button>}
          {state !== 'done' && <Button variant={state === 'stuck' ? 'default' : 'filled'} leftSection={<IconCheck size={16} aria-hidden />} onClick={() => press('done')}>{t('done')}</Button>}
          {(state === 'open' || state === 'helped') && <Button variant="default" leftSection={<IconHandStop size={16} aria-hidden />} onClick={() => setAsking(true)}>{t('stuck')}</Button>}
        </Group>
      )}
      <ErrorNote error={waiting?.refusal} />
    </li>
  );
}

function AskForHelp({ onAsk, onCancel }: { onAsk: (note: string) => void; onCancel: () => void }) {
  const { t } = useTranslation('steps');
  const [note, setNote] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onAsk(note.trim());
  };
  return (
    <form onSubmit={submit} className={styles['ask']}>
      <TextInput aria-label={t('note')} placeholder={t('note')} maxLength={limits.stuckNoteLength} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
      <Group gap={6}>
        <Button type="submit">{t('ask')}</Button>
        <Button variant="subtle" color="gray" onClick={onCancel}>{t('cancel')}</Button>
      </Group>
    </form>
  );
}
