import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRouteQuery } from '../api/useRoute.js';
import { ledger, type LedgerNews } from '../../shared/contracts/money/ledger.js';
import { attention as attentionRoutes } from '../../shared/contracts/tickets/attention.js';
import { workshops, type WorkshopView } from '../../shared/contracts/workshops.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { LiveBadge } from '../ui/LiveBadge.js';
import { CardsSkeleton } from '../ui/Skeletons.js';
import { useNow } from '../ui/useNow.js';
import styles from './desk.module.css';

/** What an organizer wants to know on a phone in a minute: money, what is live, what needs a look. */
export function TodayTab() {
  const money = useRouteQuery(ledger.since, { since: new Date(new Date(useNow(60_000)).setHours(0, 0, 0, 0)).toISOString() });
  const list = useRouteQuery(workshops.list, {});
  const attention = useRouteQuery(attentionRoutes.list, {});
  if (money.isPending || list.isPending || attention.isPending) return <CardsSkeleton />;
  const error = money.error ?? list.error ?? attention.error;
  return (
    <div className={styles['cards']}>
      {attention.data && <Attention count={attention.data.items.length} />}
      {list.data && <LiveNow workshops={list.data} />}
      {money.data && <SalesToday news={money.data} />}
      {list.data && <ComingUp workshops={list.data} />}
      <ErrorNote error={error} />
    </div>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return <section className={styles['card']} aria-label={title}><h2>{title}</h2>{children}</section>;
}

function Attention({ count }: { count: number }) {
  const { t } = useTranslation('desk');
  const words = useTranslation('attention');
  return (
    <Card title={t('today.attention')}>
      {count === 0 ? <p className="meta">{t('today.noAttention')}</p> : <p className={styles['attention']}><IconAlertTriangle size={18} aria-hidden /> <b>{words.t('today', { count })}</b></p>}
      <Link to="/desk/attention">{words.t('today.open')}</Link>
    </Card>
  );
}

function SalesToday({ news: { charged, totals } }: { news: LedgerNews }) {
  const { t } = useTranslation('desk');
  const { money } = useFormat();
  return (
    <Card title={t('today.sales')}>
      {charged.length === 0 && <p className="meta">{t('today.noSales')}</p>}
      {charged.map((sum) => <p key={sum.currency} className={`${styles['big']} tabular`}>{money(sum)}</p>)}
      {totals.map(({ currency, net }) => <p key={currency} className="meta tabular">{t('today.net', { net: money({ amount: net, currency }) })}</p>)}
      <Link to="/desk/money">{t('today.openMoney')}</Link>
    </Card>
  );
}

function LiveNow({ workshops: all }: { workshops: WorkshopView[] }) {
  const { t } = useTranslation('desk');
  const live = all.filter(({ state }) => state === 'live');
  return (
    <Card title={t('today.live')}>
      {live.length === 0 && <p className="meta">{t('today.noLive')}</p>}
      <ul className={styles['plain']}>
        {live.map((each) => <li key={each.id}><LiveBadge /> <Link to={`/workshops/${each.id}/live`}>{each.title}</Link> <Seats workshop={each} /></li>)}
      </ul>
    </Card>
  );
}

function ComingUp({ workshops: all }: { workshops: WorkshopView[] }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const next = all.filter(({ state }) => state === 'scheduled').toSorted((a, b) => a.startsAt.localeCompare(b.startsAt)).slice(0, 5);
  return (
    <Card title={t('today.next')}>
      {next.length === 0 && <p className="meta">{t('today.noNext')}</p>}
      <ul className={styles['plain']}>
        {next.map((each) => <li key={each.id}><Link to={`/desk/workshops/${each.id}`}>{each.title}</Link> <span className="meta">{format.dateTime(each.startsAt)}</span> <Seats workshop={each} /></li>)}
      </ul>
    </Card>
  );
}

function Seats({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('desk');
  return <span className="meta tabular">{t('today.seats', { sold: workshop.capacity - workshop.seatsLeft, capacity: workshop.capacity })}</span>;
}
