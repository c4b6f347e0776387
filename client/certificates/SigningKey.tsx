import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { certificates } from '../../shared/contracts/attendance/certificates.js';
import { routeKey, useRouteMutation, useRouteQuery } from '../api/useRoute.js';
import { AskOnce } from '../ui/AskOnce.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { Section } from '../ui/PageFrame.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import styles from './certificates.module.css';

/** The key that certificates are signed with, and a new one in its place: for the organizer. */
export function SigningKey() {
  const { t } = useTranslation('certificates');
  const format = useFormat();
  const queries = useQueryClient();
  const key = useRouteQuery(certificates.signingKey, {});
  const rotate = useRouteMutation(certificates.rotateKey);
  const [isAsked, setAsked] = useState(false);
  const make = () => rotate.mutate({}, {
    onSuccess: (fresh) => {
      setAsked(false);
      queries.setQueryData(routeKey(certificates.signingKey, {}), fresh);
    },
  });
  return (
    <div className={styles['apart']}>
      <Section title={t('key')}>
        {key.data ? (
          <div className={styles['key']}>
            <p>{t('key.since', { when: format.date(key.data.since) })} {key.data.earlier > 0 && t('key.earlier', { count: key.data.earlier })}</p>
            <p className={styles['id']}>{key.data.kid}</p>
            <Button variant="default" onClick={() => setAsked(true)}>{t('key.rotate')}</Button>
          </div>
        ) : key.isPending ? <RowsSkeleton count={1} /> : <ErrorNote error={key.error} retry={() => void key.refetch()} />}
        <AskOnce opened={isAsked} title={t('key.title')} confirm={t('key.rotate')} isBusy={rotate.isPending} onConfirm={make} onClose={() => setAsked(false)}>
          <p>{t('key.text')}</p>
          <ErrorNote error={rotate.error} />
        </AskOnce>
      </Section>
    </div>
  );
}
