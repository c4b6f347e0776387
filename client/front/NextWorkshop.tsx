import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WorkshopView } from '../../shared/contracts/workshops.js';
import { Avatar } from '../ui/Avatar.js';
import { useFormat } from '../ui/format.js';
import { useLeastPrice } from '../workshops/sale/usePriceForMe.js';
import { WorkshopBadge } from '../workshops/WorkshopBadge.js';
import { Countdown, WhenLine } from '../workshops/WorkshopWhen.js';
import styles from './NextWorkshop.module.css';

/** How full it is, as a bar and in words. */
function Seats({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('front');
  const taken = workshop.capacity - workshop.seatsLeft;
  return (
    <div>
      <progress className={styles['seats']} max={workshop.capacity} value={taken} aria-label={t('seatsTaken')} />
      <p className="meta tabular">{workshop.seatsLeft === 0 ? t('soldOut') : t('seatsLeft', { count: workshop.seatsLeft, of: workshop.capacity })}</p>
    </div>
  );
}

/** The workshop that is on or comes next, large: when, by whom, for how much, and the way to a seat. */
export function NextWorkshop({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation(['front', 'common', 'workshops']);
  const format = useFormat();
  const { price, isFrom } = useLeastPrice()(workshop);
  return (
    <article className={styles['next']} aria-label={t('front:next')}>
      <p className={styles['state']}>
        <WorkshopBadge state={workshop.state} />
        <span className="meta">
          <Countdown workshop={workshop} />
        </span>
      </p>
      <h2>{workshop.title}</h2>
      <p className="meta">
        <WhenLine workshop={workshop} />
      </p>
      <p className={styles['hosts']}>
        {workshop.hosts.slice(0, 4).map((host) => (
          <Avatar key={host.id} person={host} size="small" />
        ))}
        <span>{workshop.hosts.map((host) => host.name).join(', ')}</span>
      </p>
      <p className={styles['price']}>{price.amount === 0 ? t('common:free') : isFrom ? t('workshops:card.from', { price: format.money(price) }) : format.money(price)}</p>
      <Seats workshop={workshop} />
      <Button component={Link} to={`/workshops/${workshop.id}`} fullWidth size="md">
        {workshop.seatsLeft === 0 ? t('front:look') : t('front:getSeat')}
      </Button>
    </article>
  );
}
