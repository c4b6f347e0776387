import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { routeKey, useRouteMutation } from '../../api/useRoute.js';
import { ledger } from '../../../shared/contracts/money/ledger.js';
import { tickets } from '../../../shared/contracts/tickets.js';
import { attention, type AttentionItem, type Repair } from '../../../shared/contracts/tickets/attention.js';
import { AskOnce } from '../../ui/AskOnce.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import styles from './attention.module.css';

export interface RepairButtonProps {
  item: AttentionItem;
  repair: Repair;
  /** What is wrong, for whoever hears the button alone. */
  what: string;
  /** What is still wrong afterwards, at that moment; null when nothing is. */
  onDone: (left: AttentionItem | null, at: number) => void;
}

/** Mends an item; what changes more than what is known is said before it is done. */
export function RepairButton({ item, repair, what, onDone }: RepairButtonProps) {
  const { t } = useTranslation('attention');
  const format = useFormat();
  const [isAsked, setAsked] = useState(false);
  const { mend, isBusy, error } = useRepair(item.id, repair, { onDone, onAnswered: () => setAsked(false) });
  const amount = 'amount' in repair ? format.money(repair) : '';
  const name = 'person' in item && item.person ? item.person.name : '';
  const label = t(`repair.${repair.kind}`, { amount });
  if (repair.kind === 'ask_again') {
    return (
      <>
        <Button variant="default" loading={isBusy} onClick={mend} aria-label={`${label}: ${what}`}>{label}</Button>
        <Problem error={error} />
      </>
    );
  }
  const isQuiet = repair.kind === 'set_aside' || repair.kind === 'align_seats';
  return (
    <>
      <Button variant={isQuiet ? 'default' : 'outline'} color={isQuiet ? undefined : 'bad'} onClick={() => setAsked(true)} aria-label={`${label}: ${what}`}>{label}</Button>
      <AskOnce opened={isAsked} title={t(`repair.${repair.kind}.title`, { amount })} confirm={label} tone={isQuiet ? 'accent' : 'bad'} isBusy={isBusy} onConfirm={mend} onClose={() => setAsked(false)}>
        <p>{what}</p>
        <p>{t(`repair.${repair.kind}.text`, { amount, name })}</p>
        <ErrorNote error={error} />
      </AskOnce>
    </>
  );
}

function useRepair(itemId: string, repair: Repair, { onDone, onAnswered }: Pick<RepairButtonProps, 'onDone'> & { onAnswered: () => void }) {
  const queries = useQueryClient();
  const repairing = useRouteMutation(attention.repair);
  const mend = () => {
    repairing.mutate({ itemId, repair }, {
      onSuccess: ({ left }) => {
        onAnswered();
        onDone(left, Date.now());
      },
      onSettled: () => {
        for (const route of [attention.list, tickets.sales, ledger.books, ledger.lines, ledger.since]) void queries.invalidateQueries({ queryKey: routeKey(route) });
      },
    });
  };
  return { mend, isBusy: repairing.isPending, error: repairing.error };
}

function Problem({ error }: { error: unknown }) {
  return error ? <div className={styles['problem']}><ErrorNote error={error} /></div> : null;
}
