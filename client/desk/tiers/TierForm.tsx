import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { routeKey, useRouteMutation } from '../../api/useRoute.js';
import { community } from '../../../shared/contracts/community.js';
import { SaveTier, tiers, type TierView } from '../../../shared/contracts/tiers.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import styles from '../desk.module.css';

/** Makes a tier, or changes one; the key of an existing one stays. */
export function TierForm({ tier, onDone }: { tier: TierView | null; onDone: () => void }) {
  const { t } = useTranslation('desk');
  const queries = useQueryClient();
  const save = useRouteMutation(tiers.save);
  const [draft, setDraft] = useState({ key: tier?.key ?? '', name: tier?.name ?? '', rank: String(tier?.rank ?? ''), perks: tier?.perks.join('\n') ?? '' });
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const check = (field: string) => wrong.has(field) && t('publish.wrong');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = SaveTier.safeParse({ ...draft, rank: Number(draft.rank), perks: draft.perks.split('\n').filter((line) => line.trim() !== '') });
    setWrong(new Set(read.success ? [] : read.error.issues.map((issue) => String(issue.path[0]))));
    if (!read.success) return;
    save.mutate(read.data, {
      onSuccess: () => {
        for (const route of [tiers.list, community.show]) void queries.invalidateQueries({ queryKey: routeKey(route) });
        onDone();
      },
    });
  };
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      <TextInput label={t('rooms.name')} required value={draft.name} error={check('name')} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} data-autofocus />
      <div className={styles['pair']}>
        <TextInput label={t('tiers.key')} inputWrapperOrder={['label', 'input', 'description', 'error']} description={t('tiers.keyHint')} required disabled={tier !== null} value={draft.key} error={check('key')} onChange={(event) => setDraft({ ...draft, key: event.currentTarget.value })} />
        <TextInput label={t('tiers.rank')} inputWrapperOrder={['label', 'input', 'description', 'error']} description={t('tiers.rankHint')} required inputMode="numeric" value={draft.rank} error={check('rank')} onChange={(event) => setDraft({ ...draft, rank: event.currentTarget.value })} />
      </div>
      <Textarea label={t('tiers.perks')} inputWrapperOrder={['label', 'input', 'description', 'error']} description={t('tiers.perksHint')} autosize minRows={3} value={draft.perks} error={check('perks')} onChange={(event) => setDraft({ ...draft, perks: event.currentTarget.value })} />
      <ErrorNote error={save.error} />
      <Group justify="flex-end"><Button type="submit" loading={save.isPending}>{t('tiers.save')}</Button></Group>
    </form>
  );
}
