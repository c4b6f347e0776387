import { membershipPages } from '../../../shared/contracts/memberships/memberships.js';
import { AppError } from '../../../shared/failures.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';
import { Membership } from '../../models/memberships/membership.js';
import { PayingCustomer } from '../../models/memberships/payingCustomer.js';
import { portalConfiguration } from './portalConfiguration.js';

/**
 * Opens Stripe's own page for the actor: to mend the card, or for invoices and all else. It stays theirs after the membership has ended.
 *
 * @returns an address that is good for a short while.
 * @throws membership.not_found - they never had one.
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function openPortal(deps: Deps, actor: Actor, input: { page: 'card' | 'overview' }): Promise<{ url: string }> {
  const [payer, newest, member] = await Promise.all([
    PayingCustomer.findById(actor.memberId).lean(),
    Membership.newestOf(actor.memberId),
    Member.findById(actor.memberId).orFail().lean(),
  ]);
  if (!payer || !newest) throw new AppError('membership.not_found');
  // Whoever comes back from mending the card is shown what became of it.
  const page = newest.isLive ? membershipPages.after(String(newest._id)) : membershipPages.mine;
  const configuration = await portalConfiguration(deps);
  const session = await deps.askStripe((stripe) =>
    stripe.billingPortal.sessions.create({
      customer: payer.customerId,
      configuration,
      locale: member.language === 'zh-CN' ? 'zh' : 'en',
      return_url: `${deps.publicUrl}${page}`,
      ...(input.page === 'card' && { flow_data: { type: 'payment_method_update' } }),
    }),
  );
  return { url: session.url };
}
