import { Button, Group, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { routeKey, useRouteMutation, useRouteQuery } from '../../api/useRoute.js';
import { community, SaveCommunity, type CommunityView } from '../../../shared/contracts/community.js';
import { limits } from '../../../shared/limits.js';
import { SigningKey } from '../../certificates/SigningKey.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import styles from '../desk.module.css';

/** What the community is called and says of itself. */
export function CommunityTab() {
  const shown = useRouteQuery(community.show, {});
  if (shown.data) return <><Form shown={shown.data} /><SigningKey /></>;
  return shown.isPending ? <RowsSkeleton count={2} /> : <ErrorNote error={shown.error} retry={() => void shown.refetch()} />;
}

function Form({ shown }: { shown: CommunityView }) {
  const { t } = useTranslation('desk');
  const queries = useQueryClient();
  const save = useRouteMutation(community.save);
  const [draft, setDraft] = useState({ name: shown.name, tagline: shown.tagline });
  const [isWrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = SaveCommunity.safeParse(draft);
    setWrong(!read.success);
    if (read.success) save.mutate(read.data, { onSuccess: (view) => queries.setQueryData(routeKey(community.show, {}), view) });
  };
  return (
    <form className={`${styles['form']} ${styles['narrow']}`} onSubmit={submit} noValidate>
      <TextInput label={t('community.name')} required maxLength={limits.nameLength} value={draft.name} error={isWrong && t('publish.wrong')} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} />
      <TextInput label={t('community.tagline')} description={t('community.taglineHint')} maxLength={limits.topicLength} value={draft.tagline} onChange={(event) => setDraft({ ...draft, tagline: event.currentTarget.value })} />
      <ErrorNote error={save.error} />
      <div role="status">{save.isSuccess && <p className={styles['good']}>{t('community.saved')}</p>}</div>
      <Group><Button type="submit" loading={save.isPending}>{t('community.save')}</Button></Group>
    </form>
  );
}
