import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EntryView } from '../../shared/contracts/rights/entry.js';
import { offerPath } from '../memberships/offers/offerPath.js';
import styles from './rights.module.css';

/** What the reader can do now: go in, or what would open the door. Nothing where nothing would. */
export function WaysIn({ view }: { view: EntryView }) {
  const { verdict } = view;
  if (verdict.canEnter) return <GoIn view={view} />;
  if (verdict.cause === 'tier_too_low') return <TierWay view={view} />;
  return verdict.cause === 'no_ticket' ? <TicketWay view={view} /> : null;
}

function GoIn({ view: { room, workshop } }: { view: EntryView }) {
  const { t } = useTranslation('rights');
  return <Way to={workshop ? `/workshops/${workshop.id}` : `/rooms/${room.id}`}>{workshop ? t('way.toWorkshop') : t('way.toRoom')}</Way>;
}

function TierWay({ view: { neededTier } }: { view: EntryView }) {
  const { t } = useTranslation(['rights', 'chat', 'memberships']);
  if (!neededTier) return null;
  const [price] = neededTier.prices;
  if (!price) return <p className={styles['wayText']}>{t('chat:door.askOrganizer', { tier: neededTier.name })}</p>;
  return <Way to={offerPath(price.id)}>{t('memberships:become', { tier: neededTier.name })}</Way>;
}

function TicketWay({ view: { workshop, order } }: { view: EntryView }) {
  const { t } = useTranslation('rights');
  if (!workshop) return null;
  if (order?.state === 'awaiting') return <><p className={styles['wayText']}>{t('way.bank')}</p><Way to={`/orders/${order.id}`}>{t('seeOrder')}</Way></>;
  if (order?.state === 'open') return <Way to={`/orders/${order.id}`}>{t('way.pay')}</Way>;
  if (!workshop.sale.isOpen) return <p className={styles['wayText']}>{t('way.over')}</p>;
  if (workshop.sale.seatsLeft === 0) return <p className={styles['wayText']}>{t('way.soldOut')}</p>;
  return <Way to={`/workshops/${workshop.id}`}>{t('way.ticket')}</Way>;
}

function Way({ to, children }: { to: string; children: ReactNode }) {
  return <Button component={Link} to={to} size="md" className={styles['wayButton']}>{children}</Button>;
}
