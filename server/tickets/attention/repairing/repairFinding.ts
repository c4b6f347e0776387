import { Types } from 'mongoose';
import type { RepairAttention } from '../../../../shared/contracts/tickets/attention.js';
import type { Actor } from '../../../access/actor.js';
import type { Deps } from '../../../deps.js';
import { MoneyFinding, type FoundMoney } from '../../../models/money/moneyFinding.js';
import type { WebhookFollower } from '../../handleWebhook.js';
import { noteUnpaid } from '../comparing/judgeRights.js';
import { judgeAgain } from '../comparing/judgeUnknown.js';
import { alignSeats } from './alignSeats.js';
import { endUnpaidRight } from './endUnpaidRight.js';

/**
 * Mends what a comparison has found, and looks whether it is gone.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function repairFinding(deps: Deps, followers: readonly WebhookFollower[], actor: Actor, { itemId, repair }: RepairAttention): Promise<void> {
  if (repair.kind === 'set_aside') return MoneyFinding.putAside(itemId, new Types.ObjectId(actor.memberId), deps.now());
  const finding = await MoneyFinding.findById(itemId).lean();
  if (!finding || finding.closedAt) return;
  await mend(deps, followers, finding.found, repair.kind);
}

async function mend(deps: Deps, followers: readonly WebhookFollower[], found: FoundMoney, kind: RepairAttention['repair']['kind']): Promise<void> {
  switch (found.kind) {
    case 'right_without_money':
      if (kind === 'end_right') await endUnpaidRight(deps, followers, found.grantId);
      return noteUnpaid(deps, found.grantId);
    case 'seats_disagree':
      return alignSeats(deps, followers, found.workshopId);
    case 'unknown_payment':
      if (kind === 'give_back') await returnPayment(deps, found.paymentId, found.amount);
      return judgeAgain(deps, found);
    case 'unknown_subscription':
      if (kind === 'end_subscription') await deps.askStripe((stripe) => stripe.subscriptions.cancel(found.subscriptionId), 'refused');
      return judgeAgain(deps, found);
    case 'paid_without_right':
      return;
  }
}

/** Gives back what is left of a payment: asked twice for as much, Stripe does it once. */
async function returnPayment(deps: Deps, paymentId: string, amount: number): Promise<void> {
  await deps.askStripe((stripe) => stripe.refunds.create({ payment_intent: paymentId, amount, reason: 'requested_by_customer' }, { idempotencyKey: `refund:${paymentId}:${amount}` }), 'already_refunded');
}
