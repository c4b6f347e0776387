import { Workshop } from '../../models/workshop.js';
import type { OrderDocument } from '../../models/order.js';
import type { RefundWish } from './noteRefund.js';

/** What is wished for each order of a cancelled workshop, once: all that is left, for the organizer's reason. */
export async function cancelledWish({ workshopId }: OrderDocument): Promise<RefundWish> {
  const { cancellation } = await Workshop.findById(workshopId).orFail().lean();
  if (!cancellation) throw new Error('a workshop was cancelled without a word');
  return { id: 'cancellation', amount: null, keepsSeat: false, reason: cancellation.reason, by: 'cancellation', byId: cancellation.byId };
}
