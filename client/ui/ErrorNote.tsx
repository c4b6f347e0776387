import { Alert, Anchor, Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AppError } from '../../shared/failures.js';
import { isFailure, isSessionFailure } from '../api/problems.js';
import { useFormat } from './format.js';
import styles from './styles/ErrorNote.module.css';

/** Tells what a thrown error means to a person: one sentence in their language. */
export function useFailureWords(): (error: unknown) => string {
  const { t } = useTranslation('failures');
  const format = useFormat();
  return useCallback(
    (error) => {
      if (isFailure(error, 'limits.too_many')) return t('limits.too_many', { time: format.time(error.failure.data.retryAt) });
      if (isFailure(error, 'room.slow')) return t('room.slow', { time: format.exactTime(error.failure.data.retryAt) });
      if (isFailure(error, 'member.timed_out')) return t('member.timed_out', { time: format.dateTime(error.failure.data.until), reason: error.failure.data.reason });
      if (isFailure(error, 'question.too_many_open')) return t('question.too_many_open', { max: error.failure.data.max });
      if (isFailure(error, 'price.too_small')) return t('price.too_small', { least: format.money(error.failure.data.least) });
      if (isFailure(error, 'pool.too_small')) return t('pool.too_small', { least: error.failure.data.least });
      if (isFailure(error, 'coupon.refused')) return t(`coupon.refused.${error.failure.data.reason}`);
      if (error instanceof AppError) return t(error.code);
      return t('offline');
    },
    [t, format],
  );
}

export interface ErrorNoteProps {
  error: unknown;
  /** Tries again what failed; without it the note only tells. */
  retry?: (() => void) | undefined;
}

/** A failure in plain words where it happened, with a way on. Shows nothing where nothing is wrong. */
export function ErrorNote({ error, retry }: ErrorNoteProps) {
  const { t } = useTranslation('failures');
  const words = useFailureWords();
  if (error === null || error === undefined) return null;
  const requestId = isFailure(error, 'server.broke') ? error.failure.data.requestId : '';
  return (
    <Alert role="alert" color="bad" variant="light" icon={<IconAlertTriangle size={18} />} className={styles['note']}>
      <p>{words(error)}</p>
      {requestId !== '' && <p className="meta">{t('requestId', { requestId })}</p>}
      <Group gap="sm" className={styles['ways']}>
        {retry && (
          <Button size="compact-sm" variant="default" onClick={retry}>
            {t('tryAgain')}
          </Button>
        )}
        {isSessionFailure(error) && (
          <Anchor component={Link} to="/sign-in" size="sm">
            {t('signIn')}
          </Anchor>
        )}
      </Group>
    </Alert>
  );
}
