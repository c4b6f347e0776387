import { Button, Progress } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useSession } from '../api/session.js';
import type { EndReason } from '../../shared/contracts/rights.js';
import type { WorkshopView } from '../../shared/contracts/workshops.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { TestModeBand } from '../ui/TestModeBand.js';
import { useEndWords } from './endWords.js';
import { loadLivePage } from './door/loadLivePage.js';
import { PendingOrder } from './PendingOrder.js';
import { useBuySeat } from './useBuySeat.js';
import styles from './workshops.module.css';

/** The box beside a workshop: the price and the way in, or the seat one has and its door. */
export function SeatBox({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('workshops');
  const { you, state } = workshop;
  const isOver = state === 'ended' || state === 'cancelled';
  return (
    <section className={styles['box']} aria-label={t('box.label')}>
      {you.ended && !you.canEnter && <EndedRight ended={you.ended} />}
      {you.canEnter ? <Door workshop={workshop} /> : isOver ? <p>{state === 'ended' ? t('box.over') : t('box.cancelled')}</p> : <Sale workshop={workshop} />}
      {workshop.certificatePercent !== null && state !== 'cancelled' && <p className="meta">{t('box.certificate', { percent: workshop.certificatePercent })}</p>}
      {workshop.refundPolicy !== '' && !isOver && <p className="meta">{t('box.refundPolicy', { policy: workshop.refundPolicy })}</p>}
    </section>
  );
}

function Sale({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('workshops');
  const format = useFormat();
  const isFree = workshop.price.amount === 0;
  const taken = 100 * (1 - workshop.seatsLeft / workshop.capacity);
  return (
    <>
      <p className={styles['price']}>{isFree ? t('box.free') : format.money(workshop.price)} <span className="meta">{t('box.perSeat')}</span></p>
      <div>
        <Progress value={taken} size="sm" aria-hidden />
        <p className={`${styles['seats']} meta tabular`}>
          {workshop.seatsLeft === 0 ? t('box.soldOutLong') : t('box.seatsLeft', { count: workshop.seatsLeft, capacity: workshop.capacity })}
        </p>
      </div>
      <Buying workshop={workshop} />
      {!isFree && <TestModeBand />}
    </>
  );
}

function Buying({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('workshops');
  const { status } = useSession();
  const here = useLocation().pathname;
  const { buy, isBuying, error } = useBuySeat(workshop.id);
  if (status !== 'in') {
    return (
      <>
        <Button component={Link} to={`/join?next=${encodeURIComponent(here)}`} fullWidth size="md">{t('box.getSeat')}</Button>
        <p className="meta">{t('box.joinFirst')} <Link to={`/sign-in?next=${encodeURIComponent(here)}`}>{t('box.signIn')}</Link></p>
      </>
    );
  }
  const button = (
    <>
      <Button fullWidth size="md" onClick={buy} loading={isBuying} disabled={workshop.seatsLeft === 0}>{workshop.price.amount === 0 ? t('box.getFreeSeat') : t('box.getSeat')}</Button>
      <ErrorNote error={error} />
    </>
  );
  return workshop.you.orderId ? <PendingOrder orderId={workshop.you.orderId} otherwise={button} /> : button;
}

function Door({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('workshops');
  const { you, state } = workshop;
  const reason = you.why === 'ticket' ? t('box.haveSeat') : you.why === 'host' ? t('box.host') : t('box.staff');
  const doors: Record<WorkshopView['state'], ReactNode> = {
    scheduled: you.canHost ? t('box.openStage') : t('box.enterLobby'),
    live: t('box.enterLive'),
    ended: null,
    cancelled: null,
  };
  const isOpen = doors[state] !== null;
  useEffect(() => {
    // Whoever stands before the door is about to walk through it. What cannot be had now is asked for again then.
    if (isOpen) loadLivePage().catch(() => undefined);
  }, [isOpen]);
  return (
    <>
      <p className={styles['have']}>{reason}</p>
      {isOpen && <Button component={Link} to={`/workshops/${workshop.id}/live`} fullWidth size="md" color={state === 'live' ? 'live' : 'accent'}>{doors[state]}</Button>}
      {state === 'scheduled' && !you.canHost && <p className="meta">{t('box.lobbyHint')}</p>}
      {state === 'ended' && <p>{t('box.over')}</p>}
      {state === 'cancelled' && <p>{t('box.cancelled')}</p>}
      <div className={styles['doors']}>
        {you.canHost && <Button component={Link} to={`/workshops/${workshop.id}/console`} variant="default">{t('box.console')}</Button>}
        {you.canHost && workshop.liveAt !== null && <Button component={Link} to={`/workshops/${workshop.id}/attendance`} variant="default">{t('box.attendance')}</Button>}
        <Button component={Link} to={`/rooms/${workshop.roomId}`} variant="default">{t('box.room')}</Button>
        {you.orderId && you.why === 'ticket' && <Button component={Link} to={`/orders/${you.orderId}`} variant="default">{t('box.receipt')}</Button>}
      </div>
    </>
  );
}

function EndedRight({ ended }: { ended: { reason: EndReason; at: string } }) {
  const format = useFormat();
  const words = useEndWords();
  return <p className={styles['endedRight']}>{words(ended.reason)} <span className="meta">{format.dateTime(ended.at)}</span></p>;
}
