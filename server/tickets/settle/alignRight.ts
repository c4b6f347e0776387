import type { Deps } from '../../deps.js';
import { Grant, type GrantDocument, type GrantTarget } from '../../models/grant.js';
import { Order, type OrderDocument } from '../../models/order.js';
import { dropHolds, releaseAll } from '../selling/claims.js';

/**
 * Makes the seat and the right what the order's state says they are: a paid order's buyer may enter, a closed one's may
 * not and has no seat. Each step may be done again; a change of right is told by whoever makes it.
 */
export async function alignRight(deps: Deps, order: OrderDocument): Promise<void> {
  if (order.state === 'open') return;
  // It never gave a right, and the same order may be paid at this very moment: only its holds are let go. A free one never is.
  if (order.state === 'expired') return order.price.amount === 0 ? releaseAll(order) : dropHolds(order);
  if (order.state !== 'paid') return endRight(deps, order);
  const isNew = await Grant.giveOnce(String(order.memberId), targetOf(order), sourceOf(order), deps.now());
  // A refund may have come between the payment and the grant, and found none to end.
  const after = await Order.findById(order._id).orFail().lean();
  if (after.state !== 'paid') return endRight(deps, after);
  if (isNew) await deps.rightsChanged({ memberId: String(order.memberId), scope: { kind: 'workshop', workshopId: String(order.workshopId) }, change: 'started', reason: null });
}

async function endRight(deps: Deps, order: OrderDocument): Promise<void> {
  const reason = (order.refunds ?? []).some(({ by }) => by === 'cancellation') ? 'workshop_cancelled' : 'refunded';
  const hasEnded = await Grant.end(sourceOf(order), targetOf(order), reason, deps.now());
  if (hasEnded) await deps.rightsChanged({ memberId: String(order.memberId), scope: { kind: 'workshop', workshopId: String(order.workshopId) }, change: 'ended', reason });
  await releaseAll(order);
}

function targetOf(order: OrderDocument): GrantTarget {
  return { kind: 'workshop', ref: String(order.workshopId) };
}

function sourceOf(order: OrderDocument): GrantDocument['source'] {
  return { kind: 'ticket', id: String(order._id) };
}
