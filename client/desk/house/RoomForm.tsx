import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { routeKey, useRouteMutation } from '../../api/useRoute.js';
import { CreateRoom, rooms } from '../../../shared/contracts/rooms.js';
import type { TierView } from '../../../shared/contracts/tiers.js';
import { limits } from '../../../shared/limits.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { Dialog } from '../../ui/Dialog.js';
import styles from '../desk.module.css';

/** Stands for "staff only" among the tiers' keys; no tier's key has a star. */
const staffOnly = '*';

/** The button that opens a new room, with its form. */
export function RoomForm({ tiers }: { tiers: TierView[] }) {
  const { t } = useTranslation('desk');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>{t('rooms.create')}</Button>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} title={t('rooms.create')}><Form tiers={tiers} onDone={() => setOpen(false)} /></Dialog>
    </>
  );
}

function Form({ tiers, onDone }: { tiers: TierView[]; onDone: () => void }) {
  const { t } = useTranslation('desk');
  const queries = useQueryClient();
  const create = useRouteMutation(rooms.create);
  const byRank = tiers.toSorted((a, b) => a.rank - b.rank);
  const [draft, setDraft] = useState({ name: '', topic: '', gate: byRank[0]?.key ?? staffOnly });
  const [isWrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gate = draft.gate === staffOnly ? { kind: 'staff' } : { kind: 'tier', tierKey: draft.gate };
    const read = CreateRoom.safeParse({ name: draft.name, topic: draft.topic, gate });
    setWrong(!read.success);
    if (!read.success) return;
    create.mutate(read.data, {
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: routeKey(rooms.list) });
        onDone();
      },
    });
  };
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      <TextInput label={t('rooms.name')} description={t('rooms.nameHint')} required maxLength={limits.roomNameLength} value={draft.name} error={isWrong && t('publish.wrong')} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} data-autofocus />
      <TextInput label={t('rooms.topic')} maxLength={limits.topicLength} value={draft.topic} onChange={(event) => setDraft({ ...draft, topic: event.currentTarget.value })} />
      <NativeSelect
        label={t('rooms.gate')} value={draft.gate} onChange={(event) => setDraft({ ...draft, gate: event.currentTarget.value })}
        data={[...byRank.map(({ key, name, rank }) => ({ value: key, label: rank === 0 ? t('rooms.everybody') : t('rooms.andUp', { tier: name }) })), { value: staffOnly, label: t('rooms.staff') }]}
      />
      <ErrorNote error={create.error} />
      <Group justify="flex-end"><Button type="submit" loading={create.isPending}>{t('rooms.create')}</Button></Group>
    </form>
  );
}
