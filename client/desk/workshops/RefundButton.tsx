import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientId } from '../../api/clientId.js';
import { isFailure } from '../../api/problems.js';
import { routeKey, useRouteMutation } from '../../api/useRoute.js';
import { ledger } from '../../../shared/contracts/money/ledger.js';
import { tickets, type SaleRow } from '../../../shared/contracts/tickets.js';
import { attention } from '../../../shared/contracts/tickets/attention.js';
import { refunds } from '../../../shared/contracts/tickets/refunds.js';
import { limits } from '../../../shared/limits.js';
import { chargeStep, readAmount } from '../../../shared/money.js';
import { AskOnce } from '../../ui/AskOnce.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import styles from '../desk.module.css';

/** Whether anything of a sale can be given back. */
export function mayBeRefunded({ state, gross, refunded }: SaleRow): boolean {
  return state === 'paid' || (state === 'refunded' && gross > refunded);
}

interface Wish {
  isPart: boolean;
  amount: string;
  keepsSeat: boolean;
  reason: string;
}

const everything: Wish = { isPart: false, amount: '', keepsSeat: true, reason: '' };

/** Gives all or a part of the price back, after one plain question. */
export function RefundButton({ sale }: { sale: SaleRow }) {
  const { t } = useTranslation('desk');
  const [wish, setWish] = useState(everything);
  const [isAsked, setAsked] = useState(false);
  const close = () => {
    setAsked(false);
    setWish(everything);
  };
  const { give, isBusy, error, canGive, left } = useRefund(sale, wish, close);
  const name = sale.buyer.name;
  return (
    <>
      <Button size="compact-sm" variant="outline" color="bad" aria-label={t('refund.of', { name })} onClick={() => setAsked(true)}>{t('refund')}</Button>
      <AskOnce opened={isAsked} title={t('refund.title', { name })} confirm={t('refund.confirm')} tone="bad" isBusy={isBusy} onConfirm={() => canGive && give()} onClose={close}>
        <div className={styles['form']}>
          <WishFields name={name} sale={sale} left={left} wish={wish} onChange={setWish} isWrong={wish.amount !== '' && !canGive} />
          <RefundProblem error={error} />
        </div>
      </AskOnce>
    </>
  );
}

function useRefund(sale: SaleRow, wish: Wish, onDone: () => void) {
  const queries = useQueryClient();
  const all = useRouteMutation(tickets.refund);
  const part = useRouteMutation(refunds.part);
  // One name per refund that was filled in: a retry gives back once.
  const [clientRefundId, setClientRefundId] = useState(newClientId);
  const { orderId, currency } = sale;
  const left = sale.gross - sale.refunded;
  const isWhole = !wish.isPart && sale.state === 'paid';
  const amount = wish.isPart ? readAmount(wish.amount, currency) : left;
  const canGive = isWhole || (amount !== null && amount > 0 && amount <= left && amount % chargeStep(currency) === 0);
  const onSuccess = () => {
    setClientRefundId(newClientId());
    for (const route of [tickets.sales, ledger.books, ledger.lines, ledger.since, attention.list]) void queries.invalidateQueries({ queryKey: routeKey(route) });
    onDone();
  };
  const give = () => {
    if (isWhole) all.mutate({ orderId, reason: wish.reason }, { onSuccess });
    else part.mutate({ orderId, clientRefundId, amount: amount ?? 0, keepsSeat: wish.isPart && wish.keepsSeat, reason: wish.reason }, { onSuccess });
  };
  return { give, isBusy: all.isPending || part.isPending, error: isWhole ? all.error : part.error, canGive, left };
}

interface WishFieldsProps {
  name: string;
  sale: SaleRow;
  left: number;
  wish: Wish;
  isWrong: boolean;
  onChange: (wish: Wish) => void;
}

function WishFields({ name, sale, left, wish, isWrong, onChange }: WishFieldsProps) {
  const { t } = useTranslation('refunds');
  const desk = useTranslation('desk');
  const format = useFormat();
  const amount = format.money({ amount: left, currency: sale.currency });
  const staysIn = wish.isPart && wish.keepsSeat;
  return (
    <>
      <p>{staysIn ? t('give.keepsText', { name }) : desk.t('refund.text', { name, price: wish.isPart ? wish.amount : amount })}</p>
      {left > 0 && (
        <SegmentedControl
          aria-label={t('give.how')} data={[{ value: 'all', label: t('give.all', { amount }) }, { value: 'part', label: t('give.part') }]}
          value={wish.isPart ? 'part' : 'all'} onChange={(value) => onChange({ ...wish, isPart: value === 'part' })}
        />
      )}
      {wish.isPart && (
        <>
          <TextInput
            inputMode="decimal" label={t('give.amount', { currency: sale.currency.toUpperCase() })} required value={wish.amount}
            error={isWrong && t('give.amountWrong', { amount })} onChange={(event) => onChange({ ...wish, amount: event.currentTarget.value })}
          />
          {sale.state === 'paid' && <Switch label={t('give.keeps', { name })} checked={wish.keepsSeat} onChange={(event) => onChange({ ...wish, keepsSeat: event.currentTarget.checked })} />}
        </>
      )}
      <TextInput label={t('give.reason')} description={t('give.reasonHint')} maxLength={limits.reasonLength} value={wish.reason} onChange={(event) => onChange({ ...wish, reason: event.currentTarget.value })} />
    </>
  );
}

function RefundProblem({ error }: { error: unknown }) {
  const { t } = useTranslation('refunds');
  return isFailure(error, 'payment.unavailable') ? <p role="status">{t('give.noted')}</p> : <ErrorNote error={error} />;
}
