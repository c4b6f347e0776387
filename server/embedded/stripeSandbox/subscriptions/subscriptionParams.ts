/** What subscriptions can be made of and changed to: https://docs.stripe.com/api/subscriptions */
import { z } from 'zod';
import { clearable, flag, id as idParam, integer, list, metadata, oneOf, params, text } from '../api/params.js';

const discounts = list(z.strictObject({ coupon: text(200).optional(), promotion_code: idParam().optional() }), 1);
const trialEnd = z.union([z.literal('now'), integer(1)]);
const trialSettings = z.strictObject({
  end_behavior: z.strictObject({ missing_payment_method: oneOf('cancel', 'create_invoice', 'pause') }),
});
const cancellationDetails = z.strictObject({
  comment: clearable(text()).optional(),
  feedback: clearable(
    oneOf('customer_service', 'low_quality', 'missing_features', 'other', 'switched_service', 'too_complex', 'too_expensive', 'unused'),
  ).optional(),
});
const prorationBehavior = oneOf('always_invoice', 'create_prorations', 'none');

/** One item of a new subscription. */
export const newItem = z.strictObject({ metadata: metadata().optional(), price: idParam(), quantity: integer(1, 1_000_000).optional() });

/** A change to one item; items are neither added nor taken away. */
const changedItem = z.strictObject({
  id: idParam(),
  metadata: metadata().optional(),
  price: idParam().optional(),
  quantity: integer(1, 1_000_000).optional(),
});

/** The parameters of `POST /v1/subscriptions` that the sandbox can honour; any other is refused, none is ignored. */
export const newSubscriptionParams = params({
  cancel_at_period_end: flag().optional(),
  collection_method: oneOf('charge_automatically').optional(),
  customer: idParam(),
  default_payment_method: idParam().optional(),
  description: text(500).optional(),
  discounts: discounts.optional(),
  items: list(newItem, 20),
  metadata: metadata().optional(),
  payment_behavior: oneOf('allow_incomplete', 'default_incomplete', 'error_if_incomplete').optional(),
  trial_end: trialEnd.optional(),
  trial_period_days: integer(0, 730).optional(),
  trial_settings: trialSettings.optional(),
});

const change = {
  cancel_at: clearable(integer(1)).optional(),
  cancel_at_period_end: flag().optional(),
  items: list(changedItem, 20).optional(),
  proration_behavior: prorationBehavior.optional(),
  proration_date: integer(1).optional(),
  trial_end: trialEnd.optional(),
};

/** The parameters of `POST /v1/subscriptions/:id`. */
export const subscriptionChangeParams = params({
  ...change,
  cancellation_details: cancellationDetails.optional(),
  default_payment_method: idParam().optional(),
  description: clearable(text(500)).optional(),
  metadata: metadata().optional(),
  payment_behavior: oneOf('allow_incomplete', 'error_if_incomplete').optional(),
  trial_settings: trialSettings.optional(),
});

/** The parameters of `DELETE /v1/subscriptions/:id`. */
export const cancelParams = params({
  cancellation_details: cancellationDetails.optional(),
  invoice_now: flag().optional(),
  prorate: flag().optional(),
});

/** The parameters of `POST /v1/subscriptions/:id/resume`. */
export const resumeParams = params({ billing_cycle_anchor: oneOf('now').optional() });

/** The parameters of `POST /v1/invoices/create_preview`. */
export const previewParams = params({
  customer: idParam().optional(),
  preview_mode: oneOf('next').optional(),
  subscription: idParam(),
  subscription_details: z.strictObject(change).optional(),
});

/** A new subscription's parameters. */
export type NewSubscription = z.infer<typeof newSubscriptionParams>;
/** A change's parameters. */
export type SubscriptionChange = z.infer<typeof subscriptionChangeParams>;
/** A cancellation's parameters. */
export type Cancellation = z.infer<typeof cancelParams>;
/** A preview's parameters. */
export type PreviewRequest = z.infer<typeof previewParams>;
