import type { SaleRow } from '../../../shared/contracts/tickets.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { LedgerEntry } from '../../models/money/ledgerEntry.js';
import { Member } from '../../models/member.js';
import { Order, ticketOf, whyOf } from '../../models/order.js';

/**
 * What was sold for a workshop, the newest first: orders that money came for or is to come from a bank, and free tickets.
 *
 * @throws workshop.not_found - there is none.
 */
export async function listSales(deps: Deps, actor: Actor, input: { workshopId: string }): Promise<SaleRow[]> {
  const workshop = await accessWorkshop(actor, input.workshopId, 'host', deps.now());
  const orders = await Order.find({ workshopId: workshop._id, $or: [{ paidAt: { $ne: null } }, { state: 'awaiting' }] }).sort({ createdAt: -1, _id: -1 }).lean();
  const [people, sums] = await Promise.all([
    Member.people([...new Set(orders.map((order) => String(order.memberId)))]),
    LedgerEntry.sumsOf(input.workshopId),
  ]);
  return orders.flatMap((order) => {
    const buyer = people.get(String(order.memberId));
    const sum = sums.get(`${String(order._id)} ${order.price.currency}`);
    const row = { orderId: String(order._id), state: order.state, ticketName: ticketOf(order).name, couponCode: whyOf(order).coupon?.code ?? null, currency: order.price.currency, paidAt: order.paidAt?.toISOString() ?? null };
    return buyer ? [{ ...row, buyer, gross: sum?.gross ?? 0, refunded: -(sum?.refunds ?? 0), fee: sum?.fees === undefined || sum.fees === null ? null : -sum.fees, disputed: -(sum?.disputes ?? 0), answerBy: order.dispute?.dueAt?.toISOString() ?? null }] : [];
  });
}
