import { ticketOf, whyOf, type OrderDocument } from '../../models/order.js';
import type { SeatClaim } from '../../models/seats.js';

/** What an order asks of its workshop's seats. */
export function claimOf(order: OrderDocument): SeatClaim {
  const { typeKey, pool } = ticketOf(order);
  const { reason } = whyOf(order);
  return {
    workshopId: String(order.workshopId),
    orderId: String(order._id),
    memberId: String(order.memberId),
    pool,
    first: reason.kind === 'first' ? { typeKey, count: reason.count } : null,
  };
}
