import { Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { routeKey, useRouteMutation } from '../../../api/useRoute.js';
import { cancelling } from '../../../../shared/contracts/tickets/cancelling.js';
import { workshops, type WorkshopFacts } from '../../../../shared/contracts/workshops.js';
import { limits } from '../../../../shared/limits.js';
import { AskOnce } from '../../../ui/AskOnce.js';
import { ErrorNote } from '../../../ui/ErrorNote.js';
import styles from '../../desk.module.css';

/** Cancels a workshop, after one plain question and a reason for everybody to read. */
export function CancelWorkshop({ workshop }: { workshop: WorkshopFacts }) {
  const { t } = useTranslation('refunds');
  const queries = useQueryClient();
  const cancel = useRouteMutation(cancelling.cancel);
  const [isAsked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const confirm = () => {
    if (reason.trim() === '') return;
    cancel.mutate({ workshopId: workshop.id, reason }, {
      onSuccess: (progress) => {
        setAsked(false);
        queries.setQueryData(routeKey(cancelling.show, { workshopId: workshop.id }), progress);
        for (const route of [workshops.list, workshops.show]) void queries.invalidateQueries({ queryKey: routeKey(route) });
      },
    });
  };
  return (
    <>
      <Button variant="outline" color="bad" size="sm" onClick={() => setAsked(true)}>{t('cancel')}</Button>
      <AskOnce opened={isAsked} title={t('cancel.ask', { title: workshop.title })} confirm={t('cancel.confirm')} refuse={t('cancel.keep')} tone="bad" isBusy={cancel.isPending} onConfirm={confirm} onClose={() => setAsked(false)}>
        <div className={styles['form']}>
          <p>{t('cancel.text')}</p>
          <Textarea label={t('cancel.reason')} description={t('cancel.reasonHint')} required autosize maxLength={limits.reasonLength} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          <ErrorNote error={cancel.error} />
        </div>
      </AskOnce>
    </>
  );
}
