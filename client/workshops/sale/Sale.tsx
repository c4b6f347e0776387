import { Button, Progress } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useSession } from '../../api/session.js';
import type { TicketTypeView } from '../../../shared/contracts/selling.js';
import type { PriceQuote } from '../../../shared/contracts/tickets.js';
import type { WorkshopView } from '../../../shared/contracts/workshops.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { TestModeBand } from '../../ui/TestModeBand.js';
import { CouponField } from './CouponField.js';
import { OtherPrices } from './OtherPrices.js';
import { PendingOrder } from './PendingOrder.js';
import { Price } from './Price.js';
import { TicketChoice } from './TicketChoice.js';
import { useBuySeat } from './useBuySeat.js';
import { usePriceForMe } from './usePriceForMe.js';
import styles from '../workshops.module.css';

/** What is sold, or what of it the reader holds already. */
export function Sale({ workshop }: { workshop: WorkshopView }) {
  const { orderId } = workshop.you;
  const tickets = <Tickets workshop={workshop} />;
  return orderId ? <PendingOrder orderId={orderId} hasOthers={workshop.types.length > 1} otherwise={tickets} /> : tickets;
}

/** The tickets with their price for the reader, and the way to a seat. */
function Tickets({ workshop }: { workshop: WorkshopView }) {
  const { types, price: { currency } } = workshop;
  const [choice, setChoice] = useState<string | null>(null);
  const type = types.find(({ key }) => key === choice) ?? types.find(({ seatsLeft }) => seatsLeft > 0) ?? types[0];
  if (!type) return null;
  return (
    <>
      {types.length > 1 && <TicketChoice types={types} currency={currency} chosen={type.key} onChoose={setChoice} />}
      <Ticket key={type.key} workshop={workshop} type={type} />
    </>
  );
}

function Ticket({ workshop, type }: { workshop: WorkshopView; type: TicketTypeView }) {
  const { price: { currency }, types } = workshop;
  const { status } = useSession();
  const { amount, reason } = usePriceForMe()(type);
  const [quote, setQuote] = useState<PriceQuote | null>(null);
  const isOnly = types.length === 1;
  return (
    <>
      {(isOnly || quote) && <Price size="large" price={quote?.price ?? { amount, currency }} why={quote?.why ?? { list: type.price, reason, coupon: null }} />}
      {!quote && <OtherPrices type={type} amount={amount} currency={currency} />}
      {isOnly && <SeatsLeft type={type} />}
      {status === 'in' && amount > 0 && type.seatsLeft > 0 && <CouponField workshopId={workshop.id} typeKey={type.key} quote={quote} onQuote={setQuote} />}
      <Buying workshop={workshop} type={type} isFree={(quote?.price.amount ?? amount) === 0} couponCode={quote?.why.coupon?.code} />
      {amount > 0 && <TestModeBand />}
    </>
  );
}

function SeatsLeft({ type: { seatsLeft, capacity } }: { type: TicketTypeView }) {
  const { t } = useTranslation('workshops');
  return (
    <div>
      <Progress value={100 * (1 - seatsLeft / capacity)} size="sm" aria-hidden />
      <p className={`${styles['seats']} meta tabular`}>{seatsLeft === 0 ? t('box.soldOutLong') : t('box.seatsLeft', { count: seatsLeft, capacity })}</p>
    </div>
  );
}

function Buying({ workshop, type, isFree, couponCode }: { workshop: WorkshopView; type: TicketTypeView; isFree: boolean; couponCode: string | undefined }) {
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
  return (
    <>
      <Button fullWidth size="md" onClick={() => buy({ typeKey: type.key, ...(couponCode !== undefined && { couponCode }) })} loading={isBuying} disabled={type.seatsLeft === 0}>{isFree ? t('box.getFreeSeat') : t('box.getSeat')}</Button>
      <ErrorNote error={error} />
    </>
  );}
