import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { OrderState, OrderView } from '../../shared/contracts/tickets.js';
import { Badge } from '../ui/Badge.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { PageFrame } from '../ui/PageFrame.js';
import { PageSkeleton } from '../ui/Skeletons.js';
import { TestModeBand } from '../ui/TestModeBand.js';
import { OpenOrder } from './OpenOrder.js';
import { useOrderBadge } from './orderWords.js';
import { Receipt } from './Receipt.js';
import { ReturnSeat } from './ReturnSeat.js';
import { useOrder } from './useOrder.js';
import styles from './tickets.module.css';

/** `/orders/:orderId`: where the checkout returns to. It grants nothing; it says what is true and what happens next. */
export function OrderPage() {
  const { t } = useTranslation('tickets');
  const { orderId = '' } = useParams();
  const order = useOrder(orderId);
  return (
    <PageFrame title={t('order')} back="/tickets" backAlways width="reading">
      <TestModeBand inPage />
      {order.data ? <Order order={order.data} /> : order.isPending ? <PageSkeleton /> : <ErrorNote error={order.error} retry={() => void order.refetch()} />}
    </PageFrame>
  );
}

function Order({ order }: { order: OrderView }) {
  const badge = useOrderBadge()(order);
  return (
    <>
      <section className={styles['state']} aria-live="polite" data-state={order.state}>
        <p className={styles['which']}><Badge tone={badge.tone}>{badge.word}</Badge> <span className="meta">{order.workshopTitle}</span></p>
        {order.state === 'open' ? <OpenOrder order={order} /> : <SettledOrder order={order} state={order.state} />}
      </section>
      {order.state !== 'expired' && <Receipt order={order} />}
    </>
  );
}

function SettledOrder({ order, state }: { order: OrderView; state: Exclude<OrderState, 'open'> }) {
  const { t } = useTranslation('tickets');
  const refunds = useTranslation('refunds');
  const format = useFormat();
  const when = format.dateTime(order.startsAt);
  const refundedOn = format.date(order.refundedAt ?? order.createdAt);
  const told = {
    paid: { title: t('paid.title'), text: order.price.amount === 0 ? t('paid.free', { when }) : t('paid.text', { when }), way: t('paid.enter') },
    awaiting: { title: t('awaiting.title'), text: t('awaiting.text', { when }), way: t('toWorkshop') },
    expired: { title: t('expired.title'), text: t('expired.text'), way: t('expired.again') },
    failed: { title: t('failed.title'), text: t('failed.text'), way: t('expired.again') },
    disputed: { title: t('disputed.title'), text: t('disputed.text'), way: t('toWorkshop') },
    charged_back: { title: t('chargedBack.title'), text: t('chargedBack.text'), way: t('toWorkshop') },
    refunding: { title: order.refundAsks ? t('refundAsks.title') : t('refunding.title'), text: order.refundAsks ? t('refunding.givenUp') : t('refunding.text'), way: t('toWorkshop') },
    refunded: { title: t('refunded.title'), text: order.returned === 0 ? t('refunded.free', { when: refundedOn }) : t('refunded.text', { when: refundedOn, amount: format.money({ ...order.price, amount: order.returned }) }), way: t('toWorkshop') },
    late: { title: t('late.title'), text: t('late.text'), way: t('toWorkshop') },
  }[state];
  const next = useWhatNext(order);
  return (
    <>
      <h2>{told.title}</h2>
      <p>{told.text}</p>
      {next !== null && <p className="meta">{next}</p>}
      <RefundAsks order={order} />
      {state === 'paid' && order.returned > 0 && !order.refundAsks && <p>{refunds.t('mine.returned', { amount: format.money({ ...order.price, amount: order.returned }) })}</p>}
      <div className={styles['ways']}>
        <Button component={Link} to={`/workshops/${order.workshopId}`} size="md" variant={state === 'paid' || state === 'expired' || state === 'failed' ? 'filled' : 'default'}>{told.way}</Button>
        {state === 'paid' && <ReturnSeat order={order} />}
      </div>
    </>
  );
}

/** What Stripe has asked the buyer before their money can reach them. */
function RefundAsks({ order: { refundAsks, price, returned } }: { order: OrderView }) {
  const { t } = useTranslation('tickets');
  const format = useFormat();
  if (!refundAsks) return null;
  const amount = format.money({ ...price, amount: returned });
  return (
    <>
      <p><b>{refundAsks.until ? t('refundAsks.until', { amount, until: format.dateTime(refundAsks.until) }) : t('refundAsks.text', { amount })}</b></p>
      <p className="meta">{t('refundAsks.next')}</p>
    </>
  );
}

/** What happens next where a bank has the word; null where nothing is waited for. */
function useWhatNext({ state, dispute }: OrderView): string | null {
  const { t } = useTranslation('tickets');
  if (state === 'awaiting') return t('awaiting.next');
  if (state === 'disputed') return t('disputed.next');
  return state === 'paid' && dispute?.state === 'won' ? t('disputed.won') : null;
}
