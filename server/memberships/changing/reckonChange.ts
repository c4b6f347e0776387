import type Stripe from 'stripe';
import type { ChangeLine, ChangePreview } from '../../../shared/contracts/memberships/memberships.js';
import type { RunningMembership } from '../../access/memberships/accessMembership.js';
import type { Deps } from '../../deps.js';
import { Tier } from '../../models/tier.js';
import { viewPlan } from '../memberships.views.js';
import { planByStripe, planOf } from '../settle/plans.js';
import type { Change } from './judgeChange.js';

/** A preview, and when by Stripe's clock it was made. */
export interface Reckoned {
  preview: ChangePreview;
  askedAt: Date;
}

/**
 * Reckons what a change costs, by Stripe's own preview of the very invoice that it would make.
 *
 * @param at - the moment to reckon to; null is now.
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function reckonChange(deps: Deps, membership: RunningMembership, change: Change, at: Date | null): Promise<Reckoned> {
  const { price, reading, how } = change;
  const plan = await viewPlan(planOf(price));
  const nothing = { plan, due: 0, credit: 0, currency: price.currency, lines: [] };
  if (how === 'downgrade' || how === 'trial') {
    const preview = { when: how === 'trial' ? ('now' as const) : ('at_period_end' as const), at: reading.periodEnd.toISOString(), ...nothing, next: { at: reading.periodEnd.toISOString(), price: plan.price } };
    return { preview, askedAt: deps.now() };
  }
  const { customerId, subscriptionId } = membership;
  const invoice = await deps.askStripe((stripe) => stripe.invoices.createPreview({ customer: customerId, subscription: subscriptionId, subscription_details: changeParams(change, at) }));
  const reckonedTo = invoice.parent?.subscription_details?.subscription_proration_date ?? secondsOf(at) ?? invoice.created;
  const lines = await Promise.all(invoice.lines.data.map(viewLine));
  const paidUntil = Math.max(...invoice.lines.data.map(({ period }) => period.end));
  return {
    preview: { ...nothing, when: 'now', at: isoOf(reckonedTo), due: invoice.amount_due, credit: Math.max(0, -invoice.total), lines, next: { at: isoOf(paidUntil), price: plan.price } },
    askedAt: new Date(invoice.created * 1000),
  };
}

/** What is changed at Stripe when a change comes at once; the preview and the change itself are made of the same. */
export function changeParams({ price, reading, how }: Change, at: Date | null): Stripe.InvoiceCreatePreviewParams.SubscriptionDetails & Stripe.SubscriptionUpdateParams {
  const money = how === 'trial_over' ? { trial_end: 'now' as const } : { proration_behavior: 'always_invoice' as const, ...(at && { proration_date: secondsOf(at) ?? 0 }) };
  return { items: [{ id: reading.itemId, price: price.stripePriceId }], cancel_at_period_end: false, ...(how !== 'trial' && money) };
}

async function viewLine(line: Stripe.InvoiceLineItem): Promise<ChangeLine> {
  const details = line.parent?.subscription_item_details ?? line.parent?.invoice_item_details;
  const price = line.pricing?.price_details?.price;
  const plan = await planByStripe(typeof price === 'string' ? price : price?.id);
  const tier = plan && (await Tier.findOne({ key: plan.tierKey }).lean());
  const isOfPeriod = line.parent?.subscription_item_details !== null && line.parent?.subscription_item_details !== undefined;
  const kind = details?.proration ? (line.amount < 0 ? 'unused' : 'remaining') : isOfPeriod ? 'period' : 'other';
  return { kind, tierName: tier?.name ?? '', label: line.description ?? '', amount: line.amount };
}

const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString();
const secondsOf = (at: Date | null): number | null => at && Math.floor(at.getTime() / 1000);
