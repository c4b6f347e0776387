import type { Types } from 'mongoose';
import type { RightScope } from '../../../../shared/contracts/rights.js';
import type { Deps } from '../../../deps.js';
import { Grant, type GrantDocument } from '../../../models/grant.js';
import { Order } from '../../../models/order.js';
import { Seats } from '../../../models/seats.js';
import { followHint, type WebhookFollower } from '../../handleWebhook.js';
import { advance } from '../../settle/advance.js';
import { alignRight } from '../../settle/alignRight.js';
import { isUnpaid } from '../comparing/judgeRights.js';

/**
 * Ends a right that nothing was paid for, on every node at once; its seat is free for the next. What it comes from is compared with
 * Stripe first: should the money have come, the right stays.
 *
 * @throws payment.unavailable - Stripe does not answer; the right stays.
 */
export async function endUnpaidRight(deps: Deps, followers: readonly WebhookFollower[], grantId: Types.ObjectId): Promise<void> {
  const grant = await Grant.findById(grantId).orFail().lean();
  const isTicket = grant.source.kind === 'ticket';
  if (isTicket) await followHint(deps, followers, { orderId: grant.source.id, paymentId: null, customerId: null });
  if (!(await isUnpaid(deps, grantId))) return;
  const order = isTicket ? await Order.findById(grant.source.id).lean() : null;
  if (!order) return endGrant(deps, grant);
  // The order takes its right and its seat along, and its buyer is told; where another has just moved it, its right may not have ended yet.
  await alignRight(deps, order.state === 'paid' ? await advance(deps, order, 'failed', {}) : order);
  if (await isUnpaid(deps, grantId)) await endGrant(deps, grant);
}

async function endGrant(deps: Deps, { source, kind, ref, memberId }: GrantDocument): Promise<void> {
  const reason = source.kind === 'subscription' ? 'membership_ended' : 'withdrawn';
  const scope: RightScope = kind === 'tier' ? { kind, tierKey: ref } : { kind, workshopId: ref };
  const hasEnded = await Grant.end(source, { kind, ref }, reason, deps.now());
  if (source.kind === 'ticket') await Seats.release(ref, source.id);
  if (hasEnded) await deps.rightsChanged({ memberId: String(memberId), scope, change: 'ended', reason });
}
