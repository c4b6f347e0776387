import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRouteQuery } from '../api/useRoute.js';
import { tickets } from '../../shared/contracts/tickets.js';
import { useFormat } from '../ui/format.js';
import styles from './workshops.module.css';

/** A seat that is held for this member but not yet paid; where there is none, `otherwise`. */
export function PendingOrder({ orderId, otherwise }: { orderId: string; otherwise: ReactNode }) {
  const { t } = useTranslation('workshops');
  const format = useFormat();
  const order = useRouteQuery(tickets.order, { orderId });
  if (order.data?.state !== 'open') return otherwise;
  return (
    <>
      <p className={styles['have']}>{order.data.holdUntil ? t('box.heldUntil', { time: format.time(order.data.holdUntil) }) : t('box.held')}</p>
      {order.data.checkoutUrl && <Button component="a" href={order.data.checkoutUrl} fullWidth size="md">{t('box.continuePayment')}</Button>}
      <Button component={Link} to={`/orders/${orderId}`} variant="subtle" fullWidth>{t('box.seeOrder')}</Button>
    </>
  );
}
