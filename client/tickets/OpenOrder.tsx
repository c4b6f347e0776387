import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { routeKey, useRouteMutation } from '../api/useRoute.js';
import { tickets, type OrderView } from '../../shared/contracts/tickets.js';
import { AskOnce } from '../ui/AskOnce.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { useNow } from '../ui/useNow.js';
import styles from './tickets.module.css';

/** An order that waits for its payment: how long the seat is held, the way on, and the way out. */
export function OpenOrder({ order }: { order: OrderView }) {
  const { t } = useTranslation('tickets');
  return (
    <>
      <h2>{t('open.title')}</h2>
      <Hold order={order} />
      <p className="meta">{t('open.next')}</p>
      <div className={styles['ways']}>
        {order.checkoutUrl && <Button component="a" href={order.checkoutUrl} size="md">{t('open.pay')}</Button>}
        <Abandon order={order} />
      </div>
    </>
  );
}

/** Its own element, silent for screen readers: a clock that is read out each second helps nobody. */
function Hold({ order }: { order: OrderView }) {
  const { t } = useTranslation('tickets');
  const format = useFormat();
  const now = useNow(1_000);
  if (!order.holdUntil) return <p>{t('open.textNoHold')}</p>;
  const clock = format.clock((Date.parse(order.holdUntil) - now) / 1_000);
  return <p className="tabular" aria-live="off">{t('open.text', { clock, time: format.time(order.holdUntil) })}</p>;
}

function Abandon({ order }: { order: OrderView }) {
  const { t } = useTranslation('tickets');
  const client = useQueryClient();
  const abandon = useRouteMutation(tickets.abandon);
  const [asked, setAsked] = useState(false);
  const giveUp = () => abandon.mutate({ orderId: order.id }, {
    onSuccess: (now) => {
      client.setQueryData(routeKey(tickets.order, { orderId: now.id }), now);
      setAsked(false);
    },
  });
  return (
    <>
      <Button variant="subtle" color="gray" size="md" onClick={() => setAsked(true)}>{t('open.abandon')}</Button>
      <AskOnce opened={asked} title={t('open.abandonAsk')} confirm={t('open.abandon')} refuse={t('open.keep')} tone="bad" isBusy={abandon.isPending} onConfirm={giveUp} onClose={() => setAsked(false)}>
        <p>{t('open.abandonText')}</p>
        <ErrorNote error={abandon.error} />
      </AskOnce>
    </>
  );
}
