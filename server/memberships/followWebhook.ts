import type { Deps } from '../deps.js';
import { Membership, type MembershipDocument } from '../models/memberships/membership.js';
import { PayingCustomer } from '../models/memberships/payingCustomer.js';
import type { WebhookHint } from '../models/money/webhookEvent.js';
import { recordMoneyBack } from './settle/recordInvoices.js';
import { syncMembership } from './syncMembership.js';

/** What tells of a membership. Of a change of card only the customer tells: what is owed is then tried with the new one. */
const types: ReadonlySet<string> = new Set([
  'checkout.session.completed',
  'checkout.session.expired',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  'customer.subscription.trial_will_end',
  'customer.updated',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.voided',
  'charge.updated',
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'charge.dispute.closed',
]);

/** Memberships follow what tells of a customer of theirs, or of a payment that was made for one. */
export const membershipWebhooks = {
  types,
  async follow(deps: Deps, hint: Pick<WebhookHint, 'customerId' | 'paymentId'>): Promise<'agreed' | 'mended' | 'unknown'> {
    const { paymentId } = hint;
    const paid = paymentId ? await Membership.findOne({ 'booked.paymentId': paymentId }).lean() : null;
    const hasNews = paid && paymentId ? await recordMoneyBack(deps, paid, paymentId) : false;
    const membership = paid ?? (await newestOf(hint.customerId));
    if (!membership) return 'unknown';
    const after = await syncMembership(deps, membership._id);
    const isSame = after.version === membership.version && (await isBookedAlike(membership));
    return hasNews || !isSame ? 'mended' : 'agreed';
  },
};

/** Whether no further payment of it stands in the books since it was read. */
async function isBookedAlike({ _id, booked }: MembershipDocument): Promise<boolean> {
  const now = await Membership.findById(_id).orFail().lean();
  return now.booked.at(-1)?.invoiceId === booked.at(-1)?.invoiceId;
}

async function newestOf(customerId: string | null | undefined): Promise<MembershipDocument | null> {
  const payer = customerId ? await PayingCustomer.findOne({ customerId }).lean() : null;
  return payer && Membership.findOne({ memberId: payer._id }).sort({ isLive: -1, createdAt: -1 }).lean();
}
