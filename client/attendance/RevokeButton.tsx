import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attendance } from '../../shared/contracts/attendance/attendance.js';
import { certificates } from '../../shared/contracts/attendance/certificates.js';
import { limits } from '../../shared/limits.js';
import { routeKey, useRouteMutation } from '../api/useRoute.js';
import { AskOnce } from '../ui/AskOnce.js';
import { ErrorNote } from '../ui/ErrorNote.js';

/** Revokes a certificate, after one plain question and with a reason that everybody may read. */
export function RevokeButton({ certificateId, name }: { certificateId: string; name: string }) {
  const { t } = useTranslation('attendance');
  const queries = useQueryClient();
  const revoke = useRouteMutation(certificates.revoke);
  const [isAsked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const go = () => {
    setMissing(reason.trim() === '');
    if (reason.trim() === '') return;
    revoke.mutate({ certificateId, reason }, {
      onSuccess: () => {
        setAsked(false);
        void queries.invalidateQueries({ queryKey: routeKey(attendance.sheet) });
      },
    });
  };
  return (
    <>
      <Button size="compact-sm" variant="outline" color="bad" aria-label={t('revoke.of', { name })} onClick={() => setAsked(true)}>{t('revoke')}</Button>
      <AskOnce opened={isAsked} title={t('revoke.title', { name })} confirm={t('revoke')} tone="bad" isBusy={revoke.isPending} onConfirm={go} onClose={() => setAsked(false)}>
        <p>{t('revoke.text')}</p>
        <TextInput mt="sm" label={t('revoke.reason')} required maxLength={limits.reasonLength} value={reason} error={isMissing && t('revoke.missing')} onChange={(event) => setReason(event.currentTarget.value)} />
        <ErrorNote error={revoke.error} />
      </AskOnce>
    </>
  );
}
