import { Button } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EndReason } from '../../shared/contracts/rights.js';
import type { WorkshopView } from '../../shared/contracts/workshops.js';
import { useSession } from '../api/session.js';
import { useRefundPromise } from '../tickets/refundWords.js';
import { useFormat } from '../ui/format.js';
import { useEndWords } from './endWords.js';
import { loadLivePage } from './door/loadLivePage.js';
import { Sale } from './sale/Sale.js';
import styles from './workshops.module.css';

/** The box beside a workshop: the price and the way in, or the seat one has and its door. */
export function SeatBox({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('workshops');
  const { you, state } = workshop;
  const isOver = state === 'ended' || state === 'cancelled';
  const promise = useRefundPromise()(workshop.refundRules, workshop.startsAt);
  return (
    <section className={styles['box']} aria-label={t('box.label')}>
      {you.ended && !you.canEnter && state !== 'cancelled' && <EndedRight ended={you.ended} />}
      {you.canEnter ? <Door workshop={workshop} /> : isOver ? <p>{state === 'ended' ? t('box.over') : t('box.cancelled')}</p> : <Sale workshop={workshop} />}
      <WhyLink workshop={workshop} />
      {workshop.certificatePercent !== null && state !== 'cancelled' && <p className="meta">{t('box.certificate', { percent: workshop.certificatePercent })}</p>}
      {workshop.cancelled && <p className="meta">{workshop.cancelled.reason}</p>}
      {promise !== null && !isOver && workshop.types.some(({ price }) => price > 0) && <p className="meta">{promise}</p>}
      {workshop.refundPolicy !== '' && !isOver && <p className="meta">{t('box.refundPolicy', { policy: workshop.refundPolicy })}</p>}
    </section>
  );
}

/** Only a member has anything that could open it. */
function WhyLink({ workshop: { id, you } }: { workshop: WorkshopView }) {
  const { t } = useTranslation();
  return useSession().me && <Link to={`/why/workshops/${id}`} className={styles['why']}>{you.canEnter ? t('door.why') : t('door.whyNot')}</Link>;
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
