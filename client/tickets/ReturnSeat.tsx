import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isFailure } from '../api/problems.js';
import { routeKey, useRouteMutation } from '../api/useRoute.js';
import { tickets, type OrderView } from '../../shared/contracts/tickets.js';
import { refunds } from '../../shared/contracts/tickets/refunds.js';
import { refundLeft, refundOwed } from '../../shared/refunds.js';
import { AskOnce } from '../ui/AskOnce.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { useNow } from '../ui/useNow.js';
import styles from './tickets.module.css';

/** Gives a seat back for what the policy of its sale gives at this moment, after one plain question. Nothing where it gives nothing. */
export function ReturnSeat({ order }: { order: OrderView }) {
  const { t } = useTranslation('refunds');
  const format = useFormat();
  const queries = useQueryClient();
  const giveBack = useRouteMutation(refunds.mine);
  const [isAsked, setAsked] = useState(false);
  const amount = owedAt(order, new Date(useNow(30_000)));
  if (amount === null) return null;
  const isFree = order.price.amount === 0;
  const money = format.money({ ...order.price, amount });
  const give = () => giveBack.mutate({ orderId: order.id, amount }, {
    onSuccess: (now) => {
      queries.setQueryData(routeKey(tickets.order, { orderId: now.id }), now);
      setAsked(false);
    },
  });
  return (
    <>
      <Button variant="subtle" color="gray" size="md" onClick={() => setAsked(true)}>{t('mine')}</Button>
      <p className={`${styles['wayNote']} meta`}>{isFree ? t('mine.nowFree') : t('mine.now', { amount: money })}</p>
      <AskOnce opened={isAsked} title={t('mine.ask')} confirm={t('mine.confirm')} refuse={t('mine.keep')} tone="bad" isBusy={giveBack.isPending} onConfirm={give} onClose={() => setAsked(false)}>
        <p>{isFree ? t('mine.textFree') : t('mine.text', { amount: money })}</p>
        {isFailure(giveBack.error, 'payment.unavailable') ? <p>{t('give.noted')}</p> : <ErrorNote error={giveBack.error} />}
      </AskOnce>
    </>
  );
}

/** What the seat can be given back for, as the server will judge it too; null when it cannot. */
function owedAt(order: OrderView, now: Date): number | null {
  const startsAt = new Date(order.startsAt);
  if (order.price.amount === 0) return now < startsAt ? 0 : null;
  const owed = refundOwed(order.price, order.refundRules, startsAt, now);
  const left = refundLeft(order.price.amount, order.refunds, order.returned);
  return owed === null || left === 0 ? null : Math.min(owed, left);
}
