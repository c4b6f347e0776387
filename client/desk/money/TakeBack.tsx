import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteMutation } from '../../api/useRoute.js';
import { ledger, type LedgerLineView } from '../../../shared/contracts/money/ledger.js';
import { limits } from '../../../shared/limits.js';
import { AskOnce } from '../../ui/AskOnce.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { useAskBooksAgain } from './useAskBooksAgain.js';
import styles from '../desk.module.css';
import money from './money.module.css';

/** Takes an entry back by a counter-entry, which needs a reason. */
export function TakeBack({ line }: { line: LedgerLineView }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const askAgain = useAskBooksAgain();
  const takeBack = useRouteMutation(ledger.takeBackPartnership);
  const [isAsked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const [isWrong, setWrong] = useState(false);
  const title = t('partner.takeBackOf', { name: line.label });
  const confirm = () => {
    setWrong(reason.trim() === '');
    if (reason.trim() === '') return;
    takeBack.mutate({ entryId: line.id, reason }, {
      onSuccess: () => {
        setAsked(false);
        askAgain();
      },
    });
  };
  return (
    <>
      <Button className={money['takeBack']} size="compact-sm" variant="outline" color="bad" aria-label={title} onClick={() => setAsked(true)}>{t('partner.takeBack')}</Button>
      <AskOnce opened={isAsked} title={title} confirm={t('partner.takeBack')} tone="bad" isBusy={takeBack.isPending} onConfirm={confirm} onClose={() => setAsked(false)}>
        <div className={styles['form']}>
          <p>{t('partner.takeBackText', { amount: format.money(line) })}</p>
          <TextInput label={t('partner.reason')} required maxLength={limits.reasonLength} value={reason} error={isWrong && t('publish.wrong')} onChange={(event) => setReason(event.currentTarget.value)} />
          <ErrorNote error={takeBack.error} />
        </div>
      </AskOnce>
    </>
  );
}
