import type { EndReason } from '../../../shared/contracts/rights.js';
import type { Deps } from '../../deps.js';
import type { RightsChange } from '../../ground.js';
import { Grant, type GrantDocument, type GrantTarget } from '../../models/grant.js';
import { Order, type OrderDocument } from '../../models/order.js';
import { Workshop } from '../../models/workshop.js';
import { dropHolds, releaseAll } from '../selling/claims.js';

/**
 * Makes the seat and the right what the order's state says they are: a paid order's buyer may enter; a disputed one's may not,
 * and keeps the seat; a closed one's may not, and has none. Each step may be done again; a change of right is told by whoever makes it.
 */
export async function alignRight(deps: Deps, order: OrderDocument): Promise<void> {
  switch (order.state) {
    case 'open':
    case 'awaiting':
      return;
    case 'paid':
      return giveRight(deps, order);
    // It never gave a right, and the same order may be paid at this very moment: only its holds are let go. A free one never is.
    case 'expired':
      return order.price.amount === 0 ? releaseAll(order) : dropHolds(order);
    case 'disputed':
      return endRight(deps, order);
    case 'failed':
    case 'refunding':
    case 'refunded':
    case 'late':
    case 'charged_back':
      await endRight(deps, order);
      return releaseAll(order);
  }
}

async function giveRight(deps: Deps, order: OrderDocument): Promise<void> {
  const isNew = (await Grant.giveOnce(String(order.memberId), targetOf(order), sourceOf(order), deps.now())) || (await thaw(order));
  // A refund or a dispute may have come between the payment and the grant, and found none to end.
  const after = await Order.findById(order._id).orFail().lean();
  if (after.state !== 'paid') return alignRight(deps, after);
  if (isNew) await deps.rightsChanged({ ...newsOf(order), change: 'started', reason: null });
}

/** Gives back a right that a dispute froze, unless the workshop is over. */
async function thaw(order: OrderDocument): Promise<boolean> {
  if (order.dispute?.state !== 'won') return false;
  const isAhead = await Workshop.exists({ _id: order.workshopId, state: { $in: ['scheduled', 'live'] } });
  return isAhead !== null && Grant.lift(sourceOf(order), targetOf(order), 'disputed');
}

async function endRight(deps: Deps, order: OrderDocument): Promise<void> {
  const reason = reasonOf(order);
  const hasEnded = await Grant.end(sourceOf(order), targetOf(order), reason, deps.now());
  if (hasEnded) await deps.rightsChanged({ ...newsOf(order), change: 'ended', reason });
}

function reasonOf({ state, refunds = [] }: OrderDocument): EndReason {
  // Nothing was ever paid for it.
  if (state === 'failed') return 'withdrawn';
  if (state === 'disputed' || state === 'charged_back') return 'disputed';
  return refunds.some(({ by }) => by === 'cancellation') ? 'workshop_cancelled' : 'refunded';
}

function newsOf({ memberId, workshopId }: OrderDocument): Pick<RightsChange, 'memberId' | 'scope'> {
  return { memberId: String(memberId), scope: { kind: 'workshop', workshopId: String(workshopId) } };
}

function targetOf(order: OrderDocument): GrantTarget {
  return { kind: 'workshop', ref: String(order.workshopId) };
}

function sourceOf(order: OrderDocument): GrantDocument['source'] {
  return { kind: 'ticket', id: String(order._id) };
}
