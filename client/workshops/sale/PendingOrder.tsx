import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRouteQuery } from '../../api/useRoute.js';
import { tickets } from '../../../shared/contracts/tickets.js';
import { useFormat } from '../../ui/format.js';
import { TestModeBand } from '../../ui/TestModeBand.js';
import styles from '../workshops.module.css';

export interface PendingOrderProps {
  orderId: string;
  /** Whether another ticket may be chosen in its place. */
  hasOthers: boolean;
  otherwise: ReactNode;
}

/** A seat that is held for this member but not yet paid, or that waits for their bank; where there is none, or another is to be chosen, `otherwise`. */
export function PendingOrder({ orderId, hasOthers, otherwise }: PendingOrderProps) {
  const { t } = useTranslation('workshops');
  const format = useFormat();
  const order = useRouteQuery(tickets.order, { orderId });
  const [choosesAgain, setChoosesAgain] = useState(false);
  if (order.data?.state === 'awaiting') return <AwaitedOrder orderId={orderId} />;
  if (order.data?.state !== 'open' || choosesAgain) return otherwise;
  const { holdUntil, checkoutUrl, ticketName } = order.data;
  return (
    <>
      <p className={styles['have']}>{holdUntil ? t('box.heldUntil', { time: format.time(holdUntil) }) : t('box.held')} {ticketName !== '' && <span className="meta">{ticketName}</span>}</p>
      {checkoutUrl && <Button component="a" href={checkoutUrl} fullWidth size="md">{t('box.continuePayment')}</Button>}
      <Button component={Link} to={`/orders/${orderId}`} variant="subtle" fullWidth>{t('box.seeOrder')}</Button>
      {hasOthers && <Button variant="subtle" fullWidth onClick={() => setChoosesAgain(true)}>{t('sale.chooseAgain')}</Button>}
      {checkoutUrl && <TestModeBand />}
    </>
  );
}

/** A seat that is kept until the member's bank has answered: there is nothing to do, and nothing else to buy. */
function AwaitedOrder({ orderId }: { orderId: string }) {
  const { t } = useTranslation(['workshops', 'tickets']);
  return (
    <>
      <p className={styles['have']}>{t('tickets:state.awaiting')}</p>
      <p>{t('tickets:line.awaiting')}</p>
      <Button component={Link} to={`/orders/${orderId}`} variant="default" fullWidth>{t('workshops:box.seeOrder')}</Button>
    </>
  );
}
