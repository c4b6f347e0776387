import { Button, PasswordInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { members } from '../../shared/contracts/members.js';
import { limits } from '../../shared/limits.js';
import { useRouteMutation } from '../api/useRoute.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import styles from './members.module.css';

function useChangePassword() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const save = useRouteMutation(members.changePassword);
  const forget = (): void => {
    setCurrent('');
    setNext('');
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ current, next }, { onSuccess: forget });
  };
  return { current, setCurrent, next, setNext, save, onSubmit };
}

/** A new password; every other browser is signed out by it. */
export function PasswordSection() {
  const { t } = useTranslation('members');
  const { current, setCurrent, next, setNext, save, onSubmit } = useChangePassword();
  const hint = t('passwordHint', { count: limits.passwordMinLength });
  const toggle = { 'aria-label': t('showPassword') };
  return (
    <form className={styles['section']} onSubmit={onSubmit}>
      <PasswordInput label={t('currentPassword')} value={current} autoComplete="current-password" onChange={(event) => setCurrent(event.currentTarget.value)} visibilityToggleButtonProps={toggle} />
      <PasswordInput label={t('newPassword')} description={hint} value={next} autoComplete="new-password" onChange={(event) => setNext(event.currentTarget.value)} visibilityToggleButtonProps={toggle} />
      <ErrorNote error={save.error} />
      <div className={styles['actions']}>
        <Button type="submit" variant="default" loading={save.isPending} disabled={current === '' || next.length < limits.passwordMinLength}>
          {t('changePassword')}
        </Button>
        {save.isSuccess && (
          <span role="status" className={styles['done']}>
            {t('passwordChanged')}
          </span>
        )}
      </div>
    </form>
  );
}
