import type { Deps } from '../deps.js';
import { Order } from '../models/order.js';

/** What of a refund is the buyer's to know; who of the organizers made it is not. */
const ofRefunds = { 'refunds.amount': 1, 'refunds.keepsSeat': 1, 'refunds.reason': 1, 'refunds.by': 1, 'refunds.askedAt': 1, 'refunds.state': 1 } as const;

/** For a member's data export: the orders. */
export function tellOfOrders(_deps: Deps, memberId: string): Promise<unknown> {
  const seen = { ...ofRefunds, _id: 1, workshopTitle: 1, workshopId: 1, startsAt: 1, ticket: 1, price: 1, why: 1, refundPolicy: 1, refundRules: 1, state: 1, createdAt: 1, paidAt: 1, refundAskedAt: 1, refundedAt: 1, paymentId: 1 } as const;
  return Order.find({ memberId }).select(seen).sort({ createdAt: 1 }).lean();
}
