import type { Types } from 'mongoose';
import type { AttentionItem, Repair } from '../../../../shared/contracts/tickets/attention.js';
import type { PersonView } from '../../../../shared/contracts/members.js';
import type { Money } from '../../../../shared/money.js';
import type { Deps } from '../../../deps.js';
import { Member } from '../../../models/member.js';
import { LedgerEntry } from '../../../models/money/ledgerEntry.js';
import { unrepaired } from '../../../models/money/refundRequest.js';
import { Order, type OrderDocument } from '../../../models/order.js';
import { atStripe } from '../atStripe.js';

/** A refund that is not back after this has got stuck, in milliseconds; one that waits for its buyer is told of at once. */
const refundPatienceMs = 24 * 60 * 60_000;

/** What an item about an order says of it. */
interface Background {
  buyer: PersonView;
  /** What is left of what was paid, as the books have it. */
  left: Money;
}

/**
 * What is wrong with orders: those that were marked so, refunds that take too long, and disputes that can be answered.
 *
 * @param unopened - orders of which a comparison has found that they are paid and open nothing, and since when.
 */
export async function ordersInTrouble(deps: Deps, unopened: ReadonlyMap<string, Date>): Promise<AttentionItem[]> {
  const slowBy = new Date(deps.now().getTime() - refundPatienceMs);
  const [orders, disputed] = await Promise.all([
    Order.find({ $or: [{ 'problem.since': { $lte: deps.now() } }, { state: { $in: ['refunding', 'late'] }, refundAskedAt: { $lte: slowBy } }, { 'refundAsks.since': { $lte: deps.now() } }, { _id: { $in: [...unopened.keys()] } }] }).lean(),
    Order.find({ 'dispute.state': 'open', 'dispute.dueAt': { $ne: null } }).lean(),
  ]);
  const backgrounds = await backgroundOf([...orders, ...disputed]);
  const about = (order: OrderDocument, view: (order: OrderDocument, background: Background) => AttentionItem[]): AttentionItem[] => {
    const background = backgrounds.get(String(order._id));
    return background ? view(order, background) : [];
  };
  return [
    ...orders.flatMap((order) => about(order, (one, background) => [viewTrouble(one, background, unopened.get(String(one._id)) ?? null)])),
    ...disputed.flatMap((order) => about(order, (one, background) => viewDispute(deps, one, background))),
  ];
}

async function backgroundOf(orders: readonly OrderDocument[]): Promise<Map<string, Background>> {
  const [people, lines] = await Promise.all([
    Member.people([...new Set(orders.map(({ memberId }) => String(memberId)))]),
    LedgerEntry.find({ orderId: { $in: orders.map(({ _id }) => _id) }, kind: { $in: ['charge', 'refund'] } }).lean(),
  ]);
  const leftOf = ({ _id, price }: { _id: Types.ObjectId; price: Money }): Money => {
    const own = lines.filter(({ orderId }) => orderId?.equals(_id));
    return { amount: Math.max(0, own.reduce((sum, { amount }) => sum + amount, 0)), currency: own[0]?.currency ?? price.currency };
  };
  return new Map(orders.flatMap((order): [string, Background][] => {
    const buyer = people.get(String(order.memberId));
    return buyer ? [[String(order._id), { buyer, left: leftOf(order) }]] : [];
  }));
}

const askAgain: Repair = { kind: 'ask_again' };

function viewTrouble(order: OrderDocument, { buyer, left }: Background, unopenedSince: Date | null): AttentionItem {
  const { problem, refundAskedAt, refundAsks, createdAt, price } = order;
  const id = `order:${String(order._id)}`;
  const about = { id, orderId: String(order._id), buyer, title: order.workshopTitle };
  if (problem?.kind === 'paid_without_seat' || unopenedSince) {
    const repairs: Repair[] = left.amount > 0 ? [{ kind: 'give_back', ...left }, askAgain] : [askAgain];
    return { kind: 'paid_without_right', ...about, paid: left, since: (problem?.since ?? unopenedSince ?? createdAt).toISOString(), repairs };
  }
  if (!problem) {
    const owed = { amount: order.returned ?? 0, currency: price.currency };
    const [why, since] = refundAsks ? (['asks_buyer', refundAsks.since] as const) : (['slow', refundAskedAt ?? createdAt] as const);
    return { kind: 'refund_stuck', why, ...about, owed, until: refundAsks?.until?.toISOString() ?? null, since: since.toISOString(), repairs: [askAgain] };
  }
  const failed = unrepaired(order.refunds ?? []).reduce((sum, { amount }) => sum + amount, 0);
  const owed = { amount: failed > 0 ? Math.min(failed, left.amount) : left.amount, currency: left.currency };
  const repairs: Repair[] = owed.amount > 0 ? [{ kind: 'refund_again', ...owed }, askAgain] : [askAgain];
  return { kind: 'refund_stuck', why: 'failed', ...about, owed, until: null, since: problem.since.toISOString(), repairs };
}

function viewDispute(deps: Deps, order: OrderDocument, { buyer }: Background): AttentionItem[] {
  const { dispute, price } = order;
  if (!dispute?.dueAt) return [];
  return [{
    kind: 'dispute_due',
    id: `dispute:${String(order._id)}`,
    orderId: String(order._id),
    buyer,
    title: order.workshopTitle,
    amount: { amount: dispute.amount, currency: price.currency },
    dueAt: dispute.dueAt.toISOString(),
    since: dispute.openedAt.toISOString(),
    stripeUrl: atStripe(deps, 'disputes', dispute.id),
    repairs: [askAgain],
  }];
}
