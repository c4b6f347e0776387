import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WorkshopView } from '../../shared/contracts/workshops.js';
import { Avatar } from '../ui/Avatar.js';
import { useFormat } from '../ui/format.js';
import { useLeastPrice } from './sale/usePriceForMe.js';
import { WorkshopBadge } from './WorkshopBadge.js';
import { Countdown, WhenLine } from './WorkshopWhen.js';
import styles from './workshops.module.css';

/** A workshop in a list: what, when, by whom, and the one number that matters to the reader. */
export function WorkshopCard({ workshop }: { workshop: WorkshopView }) {
  return (
    <li className={styles['card']} data-state={workshop.state}>
      <div className={styles['cardHead']}>
        <WorkshopBadge state={workshop.state} />
        <span className="meta"><Countdown workshop={workshop} /></span>
      </div>
      <h3 className={styles['cardTitle']}><Link to={`/workshops/${workshop.id}`}>{workshop.title}</Link></h3>
      <p className="meta"><WhenLine workshop={workshop} /></p>
      <div className={styles['cardFoot']}>
        <Hosts workshop={workshop} />
        <CardPrice workshop={workshop} />
      </div>
    </li>
  );
}

function Hosts({ workshop }: { workshop: WorkshopView }) {
  return (
    <span className={styles['hosts']}>
      {workshop.hosts.slice(0, 3).map((host) => <Avatar key={host.id} person={host} size="small" />)}
      <span className="meta">{workshop.hosts.map((host) => host.name).join(', ')}</span>
    </span>
  );
}

function CardPrice({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('workshops');
  const format = useFormat();
  const { price, isFrom } = useLeastPrice()(workshop);
  if (workshop.you.why === 'ticket') return <span className={styles['mine']}>{t('card.yourSeat')}</span>;
  if (workshop.you.canHost) return <span className={styles['mine']}>{t('card.youHost')}</span>;
  if (workshop.state === 'ended' || workshop.state === 'cancelled') return null;
  return (
    <span className={`${styles['cardPrice']} tabular`}>
      <b>{price.amount === 0 ? t('box.free') : isFrom ? t('card.from', { price: format.money(price) }) : format.money(price)}</b>
      <span className="meta">{workshop.seatsLeft === 0 ? t('box.soldOut') : t('card.seatsLeft', { count: workshop.seatsLeft })}</span>
    </span>
  );
}
