import { formatMoney } from '../../../shared/money.js';
import { defaultZone, writeMoment } from '../../../shared/moments.js';
import type { Deps } from '../../deps.js';
import { seatLetters, type DueLetterDocument, type SeatLetter } from '../../models/letters/dueLetter.js';
import { Member, type MemberDocument } from '../../models/member.js';
import { Order, type OrderDocument } from '../../models/order.js';
import { Workshop, type WorkshopDocument } from '../../models/workshop.js';
import type { Letter } from '../../platform/mail.js';
import { calendarText } from '../calendar/calendarText.js';
import { letterWords, type LetterFacts } from './letterWords.js';

/** What has nothing for a calendar. */
const withoutFile: readonly SeatLetter[] = ['refund', 'refund_asks', 'payment_failed'];

/** A letter that is known to be about a seat. */
type AboutSeat = DueLetterDocument & { kind: SeatLetter };

/** Writes a letter about a seat by what is true when it is sent, in the member's language; null when there is nothing to say any more. */
export async function composeLetter(deps: Deps, letter: DueLetterDocument): Promise<Letter | null> {
  return isAboutSeat(letter) ? compose(deps, letter) : null;
}

const isAboutSeat = (letter: DueLetterDocument): letter is AboutSeat => (seatLetters as readonly string[]).includes(letter.kind);

async function compose(deps: Deps, letter: AboutSeat): Promise<Letter | null> {
  const [member, workshop, order] = await Promise.all([Member.findById(letter.memberId).lean(), Workshop.findById(letter.workshopId).lean(), findOrder(letter)]);
  if (!member || !workshop || !isStillTrue(letter, workshop, order, deps.now())) return null;
  const facts = factsFor(deps, letter, member, workshop, order);
  const changedAt = workshop.cancellation?.at ?? order?.paidAt ?? deps.now();
  const file = { name: 'workshop.ics', type: 'text/calendar; charset=utf-8; method=PUBLISH', text: calendarText([{ workshop, changedAt }], deps.publicUrl) };
  return { to: member.email, ...letterWords[member.language][letter.kind](facts), attachments: withoutFile.includes(letter.kind) ? [] : [file] };
}

/** The order a letter is about; for a cancellation the one by which the member had a seat. */
function findOrder({ orderId, memberId, workshopId }: DueLetterDocument): Promise<OrderDocument | null> {
  if (orderId) return Order.findById(orderId).lean();
  return Order.findOne({ memberId, workshopId, paidAt: { $ne: null } }).sort({ createdAt: -1 }).lean();
}

function isStillTrue({ kind }: DueLetterDocument, { state }: WorkshopDocument, order: OrderDocument | null, now: Date): boolean {
  if (kind === 'cancelled') return state === 'cancelled';
  if (!order) return false;
  if (kind === 'payment_failed') return order.state === 'failed';
  if (kind === 'refund_asks') return Boolean(order.refundAsks);
  if (kind === 'receipt' || kind === 'refund') return true;
  return order.state === 'paid' && state === 'scheduled' && now < order.startsAt;
}

function factsFor(deps: Deps, { kind, refundId }: DueLetterDocument, { language, name, timeZone = defaultZone }: MemberDocument, workshop: WorkshopDocument, order: OrderDocument | null): LetterFacts {
  const refund = (order?.refunds ?? []).find(({ id }) => id === refundId);
  const money = (amount: number): string => (order && amount > 0 ? formatMoney(amount, order.price.currency, language) : '');
  const returns = order && order.state !== 'refunded' ? order.price.amount - (order.returned ?? 0) : 0;
  const asked = (order?.refunds ?? []).find(({ by }) => by === 'cancellation')?.amount;
  return {
    name,
    title: workshop.title,
    when: writeMoment(workshop.startsAt, language, timeZone),
    minutes: workshop.minutes,
    price: money(order?.price.amount ?? 0),
    returned: money(kind === 'cancelled' ? (asked ?? returns) : kind === 'refund_asks' ? (order?.returned ?? 0) : (refund?.amount ?? 0)),
    until: order?.refundAsks?.until ? writeMoment(order.refundAsks.until, language, timeZone) : '',
    reason: kind === 'cancelled' ? (workshop.cancellation?.reason ?? '') : (refund?.reason ?? ''),
    keepsSeat: refund?.keepsSeat ?? false,
    orderLink: order ? `${deps.publicUrl}/orders/${String(order._id)}` : '',
    workshopLink: `${deps.publicUrl}/workshops/${String(workshop._id)}`,
  };
}
