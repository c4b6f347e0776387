/** What an invoice will be: https://docs.stripe.com/api/invoices/create_preview */
import { badRequest } from '../api/apiFault.js';
import { inTimeOf } from '../clocks/clockTime.js';
import { lookAhead } from '../schedules/enterPhase.js';
import type { StoredInvoice, StoredSubscription } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { liveSubscription } from './endSubscription.js';
import { currentPeriod } from './keepSubscription.js';
import { renewSubscription } from './passTime.js';
import type { PreviewRequest } from './subscriptionParams.js';
import { applyChange } from './updateSubscription.js';

/**
 * The invoice that a change would make at once, or else the next one after it. The change is made on a draft that is thrown
 * away, by the very code that makes it in earnest, so that the two agree to the minor unit.
 *
 * @throws ApiFault 404 or 400 as the change itself would be refused; 404 when no invoice would follow.
 */
export function previewInvoice(outer: Turn, { subscription: id, customer, subscription_details: change }: PreviewRequest): StoredInvoice {
  const before = liveSubscription(outer, id);
  if (customer !== undefined && customer !== before.customer)
    throw badRequest(`The subscription ${id} does not belong to the customer ${customer}.`, { param: 'subscription' });
  const turn = { ...inTimeOf(outer, before.customer), draft: outer.draft.fork() };
  const changed = change ? applyChange(turn, before, change) : { subscription: before, invoice: null };
  const invoice = changed.invoice ?? nextInvoice(turn, changed.subscription);
  if (!invoice) throw badRequest('No upcoming invoices for customer.', { code: 'invoice_upcoming_none' });
  const { data } = invoice.lines;
  const preview = newId('upcoming_in_');
  return {
    ...invoice,
    id: preview,
    automatically_finalizes_at: null,
    lines: { ...invoice.lines, data: data.map((line) => ({ ...line, invoice: preview })), url: `/v1/invoices/${preview}/lines` },
  };
}

function nextInvoice(turn: Turn, subscription: StoredSubscription): StoredInvoice | undefined {
  const { end } = currentPeriod(subscription);
  const { cancel_at: over } = subscription;
  const isLast = over !== null && over <= end;
  if (isLast || subscription.status === 'incomplete' || subscription.status === 'paused') return undefined;
  const then = { ...turn, now: end };
  const renewed = renewSubscription(then, lookAhead(then, subscription) ?? subscription);
  return turn.draft.get('invoice', renewed.latest_invoice ?? '');
}
