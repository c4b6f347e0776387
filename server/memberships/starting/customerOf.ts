import type { Deps } from '../../deps.js';
import type { MemberDocument } from '../../models/member.js';
import { PayingCustomer } from '../../models/memberships/payingCustomer.js';

/**
 * The member's customer at Stripe, made at first use. Asked twice at once, Stripe makes one.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function customerOf(deps: Deps, { _id, email }: MemberDocument): Promise<string> {
  const known = await PayingCustomer.findById(_id).lean();
  if (known) return known.customerId;
  const memberId = String(_id);
  const customer = await deps.askStripe((stripe) => stripe.customers.create({ email, metadata: { memberId } }, { idempotencyKey: `customer:${memberId}` }));
  return PayingCustomer.keepOnce(_id, customer.id);
}
