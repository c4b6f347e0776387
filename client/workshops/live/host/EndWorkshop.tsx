import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/socket.js';
import { workshops, type WorkshopView } from '../../../../shared/contracts/workshops.js';
import { AskOnce } from '../../../ui/AskOnce.js';
import { ErrorNote } from '../../../ui/ErrorNote.js';
import type { LiveSession } from '../liveSession.js';

/** Ends the workshop for everybody, after one question. */
export function EndWorkshop({ session, workshop }: { session: LiveSession; workshop: WorkshopView }) {
  const { t } = useTranslation('stage');
  const [isAsked, setAsked] = useState(false);
  const end = useMutation({
    mutationFn: () => call(workshops.end, { workshopId: workshop.id }),
    onSuccess: (ended) => {
      setAsked(false);
      session.take(ended);
    },
  });
  return (
    <>
      <Button color="bad" onClick={() => setAsked(true)}>{t('control.end')}</Button>
      <AskOnce opened={isAsked} title={t('end.title')} confirm={t('end.confirm')} tone="bad" isBusy={end.isPending} onConfirm={() => end.mutate()} onClose={() => setAsked(false)}>
        <p>{t('end.text')}</p>
        <ErrorNote error={end.error} />
      </AskOnce>
    </>
  );
}
