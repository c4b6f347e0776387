import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { routeKey, useRouteMutation } from '../../api/useRoute.js';
import { tickets, type SaleRow } from '../../../shared/contracts/tickets.js';
import { AskOnce } from '../../ui/AskOnce.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';

/** Gives the whole price back, after one plain question. */
export function RefundButton({ sale }: { sale: SaleRow }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const queries = useQueryClient();
  const refund = useRouteMutation(tickets.refund);
  const [isAsked, setAsked] = useState(false);
  const name = sale.buyer.name;
  const give = () => refund.mutate({ orderId: sale.orderId }, {
    onSuccess: () => {
      setAsked(false);
      for (const route of [tickets.sales, tickets.ledger, tickets.attention]) void queries.invalidateQueries({ queryKey: routeKey(route) });
    },
  });
  return (
    <>
      <Button size="compact-sm" variant="outline" color="bad" aria-label={t('refund.of', { name })} onClick={() => setAsked(true)}>{t('refund')}</Button>
      <AskOnce opened={isAsked} title={t('refund.title', { name })} confirm={t('refund.confirm')} tone="bad" isBusy={refund.isPending} onConfirm={give} onClose={() => setAsked(false)}>
        <p>{t('refund.text', { name, price: format.money({ amount: sale.gross - sale.refunded, currency: sale.currency }) })}</p>
        <ErrorNote error={refund.error} />
      </AskOnce>
    </>
  );
}
