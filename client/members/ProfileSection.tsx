import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { members, type MeView } from '../../shared/contracts/members.js';
import { limits } from '../../shared/limits.js';
import { rememberMe } from '../api/session.js';
import { useRouteMutation } from '../api/useRoute.js';
import { Avatar } from '../ui/Avatar.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import styles from './members.module.css';

/** Who I am to others: my name, and what I cannot change here. */
export function ProfileSection({ me }: { me: MeView }) {
  const { t } = useTranslation(['members', 'common']);
  const [name, setName] = useState(me.name);
  const save = useRouteMutation(members.updateProfile);
  const isNew = name.trim() !== '' && name.trim() !== me.name;
  return (
    <form
      className={styles['section']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isNew) save.mutate({ name }, { onSuccess: rememberMe });
      }}
    >
      <div className={styles['identity']}>
        <Avatar person={me} size="large" />
        <p>
          {me.email}
          <br />
          <span className="meta">{t('yourTier', { tier: me.tier.name })}</span>
        </p>
      </div>
      <TextInput label={t('name')} value={name} maxLength={limits.nameLength} autoComplete="name" onChange={(event) => setName(event.currentTarget.value)} />
      <ErrorNote error={save.error} />
      <div className={styles['actions']}>
        <Button type="submit" loading={save.isPending} disabled={!isNew}>
          {t('common:save')}
        </Button>
        {save.isSuccess && !isNew && (
          <span role="status" className={styles['done']}>
            {t('common:saved')}
          </span>
        )}
      </div>
    </form>
  );
}
