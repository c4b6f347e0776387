import { Types } from 'mongoose';
import type { AttentionItem, Repair } from '../../../../shared/contracts/tickets/attention.js';
import { accessOrder } from '../../../access/accessOrder.js';
import type { Actor } from '../../../access/actor.js';
import type { Deps } from '../../../deps.js';
import { followHint, type WebhookFollower } from '../../handleWebhook.js';
import { refundOrder } from '../../refundOrder.js';
import { giveBack } from '../../refunds/giveBack.js';
import { noteUnopened } from '../comparing/judgeRights.js';

/**
 * Mends an order: gives back all that is left of it, asks anew for a refund that failed, or compares it with Stripe once more.
 *
 * @throws order.not_found | order.wrong_state | payment.unavailable
 */
export async function repairOrder(deps: Deps, followers: readonly WebhookFollower[], actor: Actor, { orderId }: Extract<AttentionItem, { orderId: string }>, { kind }: Repair): Promise<void> {
  const order = await accessOrder(actor, orderId, 'manage');
  // Under a name of its own, so that of two who press one refund is made.
  if (kind === 'give_back') await giveBack(deps, order, { id: 'attention', amount: null, keepsSeat: false, reason: '', by: 'organizer', byId: new Types.ObjectId(actor.memberId) });
  if (kind === 'refund_again') await refundOrder(deps, actor, { orderId, reason: '' });
  if (kind === 'ask_again') await followHint(deps, followers, { orderId, paymentId: null, customerId: null });
  await noteUnopened(deps, order._id);
}
