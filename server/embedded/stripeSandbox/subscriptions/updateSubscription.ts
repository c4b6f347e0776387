/** Changes of a subscription while it runs: https://docs.stripe.com/billing/subscriptions/change */
import { badRequest, cardDeclined, noSuchReference, proofWanted } from '../api/apiFault.js';
import { mergeMetadata } from '../api/params.js';
import { cardOf } from '../cards/paymentMethods.js';
import { lacksProof } from '../checkout/makeCharge.js';
import { inTimeOf } from '../clocks/clockTime.js';
import { draftInvoice } from '../invoices/draftInvoice.js';
import { createInvoiceItem } from '../invoices/invoiceItems.js';
import { followSubscription } from '../schedules/keepSchedule.js';
import type { StoredInvoice, StoredSubscription, StoredSubscriptionItem } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { liveSubscription } from './endSubscription.js';
import { itemsIn, judgeItems, periodLines, planOf, recurringPrice } from './items.js';
import { changeSubscription, currentPeriod, cycleOf, payingCard } from './keepSubscription.js';
import { addIntervals } from './periods.js';
import { creditLines, debitLines } from './prorate.js';
import { settleInvoice } from './settleInvoice.js';
import type { SubscriptionChange } from './subscriptionParams.js';

/** A changed subscription, and the invoice that the change makes at once, as a draft. */
export interface Changed {
  subscription: StoredSubscription;
  invoice: StoredInvoice | null;
}

/**
 * Changes a subscription; what is to be paid at once is charged at once.
 *
 * @throws ApiFault 404 or 400 when there is none, it has ended, or the change makes no sense; 402 when the card is declined
 *   and the change must not be made unpaid.
 */
export function updateSubscription(outer: Turn, id: string, given: SubscriptionChange): StoredSubscription {
  const before = liveSubscription(outer, id);
  const turn = inTimeOf(outer, before.customer);
  judgeSchedule(before, given);
  const { subscription, invoice } = applyChange(turn, before, given);
  followSubscription(turn, subscription);
  const settled = invoice && settleInvoice(turn, invoice);
  if (settled?.status === 'open' && given.payment_behavior === 'error_if_incomplete') throw wantsProof(turn, subscription) ? proofWanted() : cardDeclined();
  return turn.draft.get('subscription', id) ?? before;
}

function wantsProof(turn: Turn, subscription: StoredSubscription): boolean {
  const card = payingCard(turn, subscription);
  return card !== null && lacksProof(turn, card);
}

/** When it ends is for its schedule to say, if it has one. */
function judgeSchedule({ schedule }: StoredSubscription, { cancel_at: at, cancel_at_period_end: atEnd }: SubscriptionChange): void {
  if (schedule !== null && (at !== undefined || atEnd !== undefined))
    throw badRequest(
      `The subscription is managed by the subscription schedule \`${schedule}\`, and updating any cancelation behavior directly is not allowed. ` +
        'Please update the schedule instead.',
    );
}

/** Makes the change up to the money, so that a preview can do the very same. The turn is in the customer's time. */
export function applyChange(turn: Turn, before: StoredSubscription, given: SubscriptionChange): Changed {
  const plain = { ...before, ...plainFields(turn, before, given) };
  const changed = { ...plain, items: { ...plain.items, data: changedItems(turn, plain, given) } };
  judgeItems(changed.items.data);
  if (given.trial_end !== undefined) return changeTrial(turn, before, changed, given.trial_end);
  return applyItems(turn, before, changed, given);
}

/** How a change of items is reckoned. */
type Reckoning = Pick<SubscriptionChange, 'proration_behavior' | 'proration_date'>;

/** Makes the subscription another one in the middle of its period, up to the money. */
export function applyItems(turn: Turn, before: StoredSubscription, changed: StoredSubscription, given: Reckoning): Changed {
  const isSame = JSON.stringify(changed.items) === JSON.stringify(before.items);
  if (isSame || before.status === 'trialing') return { subscription: changeSubscription(turn, before, changed), invoice: null };
  const [old, next] = [cycleOf(before), cycleOf(changed)];
  const isAlike = old.interval === next.interval && old.interval_count === next.interval_count;
  return isAlike ? changeInPeriod(turn, before, changed, given) : startNewCycle(turn, before, changed, given);
}

/** Equally often billed: the period stays, and the difference for the rest of it is billed now, later, or not. */
function changeInPeriod(turn: Turn, before: StoredSubscription, changed: StoredSubscription, given: Reckoning): Changed {
  const { proration_behavior: how = 'create_prorations' } = given;
  if (how !== 'none') {
    const at = prorationDate(turn, before, given);
    for (const [place, item] of changed.items.data.entries()) {
      const old = before.items.data[place];
      if (!old || JSON.stringify(old) === JSON.stringify(item)) continue;
      for (const line of [...creditLines(turn, before, old, at), ...debitLines(turn, changed, item, at)]) createInvoiceItem(turn, before.customer, line);
    }
  }
  const subscription = changeSubscription(turn, before, changed);
  return how === 'always_invoice' ? billAtOnce(turn, subscription, false) : { subscription, invoice: null };
}

/** Billed in another rhythm: a new period begins, and is billed at once. */
function startNewCycle(turn: Turn, before: StoredSubscription, changed: StoredSubscription, given: Reckoning): Changed {
  if (given.proration_behavior !== 'none') {
    const at = prorationDate(turn, before, given);
    for (const item of before.items.data) for (const line of creditLines(turn, before, item, at)) createInvoiceItem(turn, before.customer, line);
  }
  return billAtOnce(turn, restart(turn, before, changed), true);
}

/** The subscription with a first period that begins now. */
function restart(turn: Turn, before: StoredSubscription, changed: Partial<StoredSubscription>): StoredSubscription {
  const after = { ...before, ...changed };
  const period = { start: turn.now, end: addIntervals(turn.now, cycleOf(after), 1) };
  return changeSubscription(turn, before, { ...after, billing_cycle_anchor: turn.now, items: itemsIn(after, period) });
}

/** An invoice of everything that waits, and of the whole period if it is a new one. */
function billAtOnce(turn: Turn, subscription: StoredSubscription, isNewPeriod: boolean): Changed {
  const lines = isNewPeriod ? periodLines(turn, subscription, currentPeriod(subscription), false) : [];
  const now = { start: turn.now, end: turn.now };
  const invoice = draftInvoice(turn, { subscription, reason: 'subscription_update', lines, period: now, finalizesAt: null });
  return { subscription: changeSubscription(turn, subscription, { latest_invoice: invoice.id }), invoice };
}

function changeTrial(turn: Turn, before: StoredSubscription, changed: StoredSubscription, end: number | 'now'): Changed {
  if (before.status !== 'trialing') throw badRequest('Only the trial of a subscription that is in its trial can be changed.', { param: 'trial_end' });
  if (end !== 'now' && end <= turn.now) throw badRequest('Invalid timestamp: must be an integer Unix timestamp in the future.', { param: 'trial_end' });
  if (end === 'now') return billAtOnce(turn, restart(turn, before, { ...changed, status: 'active', trial_end: turn.now }), true);
  const period = { start: currentPeriod(before).start, end };
  const after = { ...changed, billing_cycle_anchor: end, items: itemsIn(changed, period), trial_end: end };
  return { subscription: changeSubscription(turn, before, after), invoice: null };
}

/** When a change takes effect in money, which may be a moment of the period other than now: that of a preview. */
function prorationDate({ now }: Turn, before: StoredSubscription, { proration_date: at = now }: Reckoning): number {
  const { start, end } = currentPeriod(before);
  if (at < start || at > end)
    throw badRequest('Cannot specify `proration_date` outside of the subscription’s current period.', { param: 'proration_date' });
  return at;
}

function changedItems(turn: Turn, { items: { data } }: StoredSubscription, { items: wanted = [] }: SubscriptionChange): StoredSubscriptionItem[] {
  for (const [position, { id }] of wanted.entries())
    if (!data.some((item) => item.id === id)) throw noSuchReference('subscription_item', id, `items[${position}][id]`);
  return data.map((item) => {
    const position = wanted.findIndex(({ id }) => id === item.id);
    const change = wanted[position];
    if (!change) return item;
    const isOther = change.price !== undefined && change.price !== item.price.id;
    const price = isOther ? recurringPrice(turn, change.price ?? '', `items[${position}][price]`) : item.price;
    const metadata = mergeMetadata(item.metadata, change.metadata);
    return { ...item, metadata, plan: planOf(price), price, quantity: change.quantity ?? item.quantity ?? 1 };
  });
}

function plainFields(turn: Turn, before: StoredSubscription, given: SubscriptionChange): Partial<StoredSubscription> {
  const { default_payment_method: card, trial_settings: trial, cancellation_details: details } = given;
  if (card !== undefined) cardOf(turn, card, before.customer, 'default_payment_method');
  const nothing = { comment: null, feedback: null, feedback_option: null, reason: null };
  const { billing_cycle_anchor: anchor = null, missing_payment_method: missing = 'create_invoice' } = before.trial_settings?.end_behavior ?? {};
  return {
    ...endFields(turn, before, given),
    cancellation_details: { ...nothing, ...before.cancellation_details, ...details },
    default_payment_method: card ?? before.default_payment_method,
    description: given.description === undefined ? before.description : given.description,
    metadata: mergeMetadata(before.metadata, given.metadata),
    trial_settings: { end_behavior: { billing_cycle_anchor: anchor, missing_payment_method: missing, ...trial?.end_behavior } },
  };
}

/** When the subscription will end: at the end of its period, at some moment, or not. */
function endFields({ now }: Turn, before: StoredSubscription, given: SubscriptionChange): Partial<StoredSubscription> {
  const { cancel_at: at, cancel_at_period_end: atEnd } = given;
  if (at !== undefined && at !== null && atEnd)
    throw badRequest('You may only specify one of these parameters: cancel_at, cancel_at_period_end.', { param: 'cancel_at' });
  if (typeof at === 'number' && at <= now) throw badRequest('`cancel_at` must be in the future.', { param: 'cancel_at' });
  if (at === undefined && atEnd === undefined) return {};
  const end = atEnd ? currentPeriod(before).end : (at ?? null);
  return { cancel_at: end, cancel_at_period_end: atEnd ?? false, canceled_at: end === null ? null : (before.canceled_at ?? now) };
}
