import { Button } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { MyAttendance } from '../attendance/MyAttendance.js';
import { MembershipSection } from '../memberships/MembershipSection.js';
import { useAreAnswered, useRouteQuery } from '../api/useRoute.js';
import { attendance } from '../../shared/contracts/attendance/attendance.js';
import { memberships } from '../../shared/contracts/memberships/memberships.js';
import { calendar } from '../../shared/contracts/tickets/calendar.js';
import { tickets, type OrderView } from '../../shared/contracts/tickets.js';
import { Badge } from '../ui/Badge.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { PageFrame, Section } from '../ui/PageFrame.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { CalendarFeed } from './CalendarFeed.js';
import { useOrderBadge, useOrderLine } from './orderWords.js';
import styles from './tickets.module.css';

/** `/tickets`: the membership, and each seat with its state in plain words, and its receipt. */
export function TicketsPage() {
  const { t } = useTranslation();
  const orders = useRouteQuery(tickets.mine, {});
  const areAnswered = useAreAnswered(memberships.mine, tickets.mine, calendar.feed, attendance.mine);
  return (
    <PageFrame title={t('tickets')} width="reading">
      {areAnswered ? (
        <>
          <MembershipSection />
          {orders.data ? <Orders orders={orders.data} /> : <ErrorNote error={orders.error} retry={() => void orders.refetch()} />}
          <CalendarFeed />
          <MyAttendance />
        </>
      ) : (
        <RowsSkeleton height={96} />
      )}
    </PageFrame>
  );
}

function Orders({ orders }: { orders: OrderView[] }) {
  const { t } = useTranslation('tickets');
  const isHeld = (order: OrderView) => ['open', 'awaiting', 'paid', 'disputed'].includes(order.state);
  if (orders.length === 0) {
    return <EmptyState icon={<IconTicket size={22} />} title={t('mine.none')} text={t('mine.noneText')} action={<Button component={Link} to="/workshops">{t('mine.find')}</Button>} />;
  }
  return (
    <>
      <OrderList title={t('mine.ahead')} orders={orders.filter(isHeld)} />
      <OrderList title={t('mine.past')} orders={orders.filter((order) => !isHeld(order))} />
    </>
  );
}

function OrderList({ title, orders }: { title: string; orders: OrderView[] }) {
  if (orders.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={styles['orders']}>{orders.map((order) => <OrderRow key={order.id} order={order} />)}</ul>
    </Section>
  );
}

function OrderRow({ order }: { order: OrderView }) {
  const { t } = useTranslation(['tickets', 'common']);
  const format = useFormat();
  const badge = useOrderBadge()(order);
  const line = useOrderLine();
  return (
    <li className={styles['order']}>
      <div className={styles['orderHead']}>
        <Link to={`/workshops/${order.workshopId}`} className={styles['orderTitle']}>{order.workshopTitle}</Link>
        <Badge tone={badge.tone}>{badge.word}</Badge>
      </div>
      <p className="meta tabular">{format.dateTime(order.startsAt)} · {order.ticketName !== '' && <>{order.ticketName} · </>}{order.price.amount === 0 ? t('receipt.free') : format.money(order.price)}</p>
      <p>{line(order)}</p>
      <div className={styles['orderFoot']}>
        <Link to={`/orders/${order.id}`}>{t('mine.seeOrder')}</Link>
        <Link to={`/why/workshops/${order.workshopId}`}>{order.state === 'paid' ? t('common:door.why') : t('common:door.whyNot')}</Link>
        {order.state === 'open' && order.checkoutUrl && <a href={order.checkoutUrl}>{t('open.pay')}</a>}
      </div>
    </li>
  );
}
