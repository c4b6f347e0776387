import type { Deps } from '../deps.js';
import { Order } from '../models/order.js';

/** For a member's data export: the orders. */
export function tellOfOrders(_deps: Deps, memberId: string): Promise<unknown> {
  const seen = { _id: 1, workshopTitle: 1, workshopId: 1, startsAt: 1, ticket: 1, price: 1, why: 1, refundPolicy: 1, refundRules: 1, refunds: 1, state: 1, createdAt: 1, paidAt: 1, refundAskedAt: 1, refundedAt: 1, paymentId: 1 } as const;
  return Order.find({ memberId }).select(seen).sort({ createdAt: 1 }).lean();
}
