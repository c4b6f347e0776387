import type { CancellationView } from '../../../shared/contracts/tickets/cancelling.js';
import { AppError } from '../../../shared/failures.js';
import { Member } from '../../models/member.js';
import { Order } from '../../models/order.js';
import { saleOf, type WorkshopDocument } from '../../models/workshop.js';

/**
 * How far a workshop's cancellation is, counted from its orders.
 *
 * @throws workshop.wrong_state - it is not cancelled.
 */
export async function viewCancellation(workshop: WorkshopDocument): Promise<CancellationView> {
  const { _id, state, cancellation } = workshop;
  if (!cancellation) throw new AppError('workshop.wrong_state', { state });
  const seen = { state: 1, problem: 1, memberId: 1, returned: 1 } as const;
  const orders = await Order.find({ workshopId: _id, $or: [{ state: { $in: ['open', 'awaiting', 'paid', 'disputed'] } }, { 'refunds.by': 'cancellation' }] }).select(seen).sort({ _id: 1 }).lean();
  const stuck = orders.filter(({ problem }) => problem);
  const rest = orders.filter(({ problem }) => !problem);
  const count = (...states: string[]): number => rest.filter((order) => states.includes(order.state)).length;
  const people = await Member.people([String(cancellation.byId), ...stuck.map(({ memberId }) => String(memberId))]);
  return {
    reason: cancellation.reason,
    by: people.get(String(cancellation.byId)) ?? null,
    at: cancellation.at.toISOString(),
    total: orders.length,
    refunded: count('refunded'),
    returning: count('refunding', 'late'),
    waiting: count('open', 'awaiting', 'paid', 'disputed'),
    stuck: stuck.flatMap(({ _id: orderId, memberId, problem }) => {
      const buyer = people.get(String(memberId));
      return buyer && problem ? [{ orderId: String(orderId), buyer, since: problem.since.toISOString() }] : [];
    }),
    returned: { amount: orders.reduce((sum, { returned }) => sum + (returned ?? 0), 0), currency: saleOf(workshop).currency },
    doneAt: cancellation.doneAt?.toISOString() ?? null,
  };
}
