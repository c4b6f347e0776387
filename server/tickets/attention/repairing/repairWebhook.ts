import type { AttentionItem, Repair } from '../../../../shared/contracts/tickets/attention.js';
import type { Deps } from '../../../deps.js';
import { WebhookEvent } from '../../../models/money/webhookEvent.js';
import { handleWebhook, type WebhookFollower } from '../../handleWebhook.js';
import { followSubject } from '../comparing/judgeUnknown.js';

/**
 * Handles a webhook now that got stuck, and looks at Stripe whether it is about money that is nobody's; or sets it aside.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function repairWebhook(deps: Deps, followers: readonly WebhookFollower[], { id }: Extract<AttentionItem, { kind: 'webhook_stuck' }>, { kind }: Repair): Promise<void> {
  const event = await WebhookEvent.findById(id.slice('webhook:'.length)).orFail().lean();
  if (kind === 'set_aside') {
    await WebhookEvent.updateOne({ _id: event._id, handledAt: null }, { $set: { handledAt: deps.now(), nextTryAt: null } });
    return;
  }
  await followSubject({ deps, followers }, { orderId: event.orderId && String(event.orderId), paymentId: event.paymentId, customerId: event.customerId ?? null, subscriptionId: null });
  await handleWebhook(deps, followers, event);
}
