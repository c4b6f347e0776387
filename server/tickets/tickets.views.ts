/** Orders as the contract shows them. */
import type { DisputeView, OrderView } from '../../shared/contracts/tickets.js';
import type { RefundView } from '../../shared/refunds.js';
import type { RefundRequest } from '../models/money/refundRequest.js';
import type { OrderDispute } from '../models/money/orderDispute.js';
import { ticketOf, whyOf, type OrderDocument } from '../models/order.js';

/** An order as its buyer sees it; where to pay and until when is told only while there is something to pay. */
export function viewOrder(order: OrderDocument): OrderView {
  const isOpen = order.state === 'open' && !order.problem;
  return {
    id: String(order._id),
    workshopId: String(order.workshopId),
    workshopTitle: order.workshopTitle,
    startsAt: order.startsAt.toISOString(),
    state: order.state,
    ticketName: ticketOf(order).name,
    price: order.price,
    why: whyOf(order),
    refundPolicy: order.refundPolicy,
    refundRules: order.refundRules ?? null,
    refunds: (order.refunds ?? []).map(viewRefund),
    returned: order.returned ?? 0,
    refundAsks: order.refundAsks ? { until: order.refundAsks.until?.toISOString() ?? null } : null,
    dispute: order.dispute ? viewDispute(order.dispute) : null,
    checkoutUrl: isOpen ? order.checkoutUrl : null,
    holdUntil: isOpen ? order.holdUntil.toISOString() : null,
    createdAt: order.createdAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
    refundedAt: order.refundedAt?.toISOString() ?? null,
  };
}

const viewDispute = ({ state, amount, openedAt, dueAt }: OrderDispute): DisputeView => ({ state, amount, openedAt: openedAt.toISOString(), dueAt: dueAt?.toISOString() ?? null });

const viewRefund = ({ amount, reason, by, keepsSeat, state, askedAt }: RefundRequest): RefundView => ({ amount, reason, by, keepsSeat, state, askedAt: askedAt.toISOString() });
