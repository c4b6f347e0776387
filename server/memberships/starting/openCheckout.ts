import type Stripe from 'stripe';
import { membershipPages } from '../../../shared/contracts/memberships/memberships.js';
import { AppError } from '../../../shared/failures.js';
import type { Deps } from '../../deps.js';
import { Member, type MemberDocument } from '../../models/member.js';
import { Membership, type MembershipDocument } from '../../models/memberships/membership.js';
import { customerOf } from './customerOf.js';

/** What is opened: Stripe's price, and how many days of it are free. */
export interface Offer {
  stripePriceId: string;
  trialDays: number;
}

/**
 * Opens the checkout of a membership that has none. Asked twice, Stripe answers the same checkout.
 *
 * @throws payment.unavailable - Stripe did not open one, or the membership was taken back meanwhile.
 */
export async function openCheckout(deps: Deps, membership: MembershipDocument, offer: Offer): Promise<MembershipDocument> {
  const member = await Member.findById(membership.memberId).orFail().lean();
  const customerId = await customerOf(deps, member);
  const params = paramsOf(deps, { membershipId: String(membership._id), member, customerId, offer });
  const session = await deps.askStripe((stripe) => stripe.checkout.sessions.create(params, { idempotencyKey: `membership:${String(membership._id)}` }));
  if (!session.url) throw new AppError('payment.unavailable');
  const checkout = { customerId, sessionId: session.id, checkoutUrl: session.url, checkoutUntil: new Date(session.expires_at * 1000) };
  const attached = await Membership.attach(membership, checkout);
  if (attached) return attached;
  const current = await Membership.findById(membership._id).lean();
  if (current?.sessionId === session.id) return current;
  // It was taken back by a request beside this one: nobody may pay for it.
  await deps.askStripe((stripe) => stripe.checkout.sessions.expire(session.id), 'refused');
  throw new AppError('payment.unavailable');
}

function paramsOf({ publicUrl }: Deps, { membershipId, member, customerId, offer }: { membershipId: string; member: MemberDocument; customerId: string; offer: Offer }): Stripe.Checkout.SessionCreateParams {
  const page = `${publicUrl}${membershipPages.after(membershipId)}`;
  const trial = offer.trialDays > 0 ? { trial_period_days: offer.trialDays, trial_settings: { end_behavior: { missing_payment_method: 'cancel' as const } } } : {};
  return {
    mode: 'subscription',
    customer: customerId,
    line_items: [{ price: offer.stripePriceId, quantity: 1 }],
    client_reference_id: membershipId,
    metadata: { membershipId },
    subscription_data: { metadata: { membershipId }, ...trial },
    // A trial needs a card as well: it tells persons apart, and goes on by itself.
    payment_method_collection: 'always',
    locale: member.language === 'zh-CN' ? 'zh' : 'en',
    success_url: `${page}?done`,
    cancel_url: `${page}?left`,
  };
}
