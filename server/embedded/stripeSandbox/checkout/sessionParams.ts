/** What a checkout session can be made of: https://docs.stripe.com/api/checkout/sessions/create */
import { z } from 'zod';
import { address, currency, email, flag, id as idParam, integer, list, metadata, oneOf, params, text } from '../api/params.js';
import { maxAmount, recurring } from '../objects/prices.js';

const productData = z.strictObject({
  name: text(),
  description: text().optional(),
  images: list(address(), 8).optional(),
  metadata: metadata().optional(),
  tax_code: text(50).optional(),
  unit_label: text(12).optional(),
});

const priceData = z.strictObject({
  currency: currency(),
  product: idParam().optional(),
  product_data: productData.optional(),
  recurring: recurring.optional(),
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified').optional(),
  unit_amount: integer(0, maxAmount),
});

const lineItem = z.strictObject({
  metadata: metadata().optional(),
  price: idParam().optional(),
  price_data: priceData.optional(),
  quantity: integer(1, 1_000_000).optional(),
});

const discount = z.strictObject({ coupon: text(200).optional(), promotion_code: idParam().optional() });

const paymentIntentData = z.strictObject({
  capture_method: oneOf('automatic', 'automatic_async').optional(),
  description: text(1000).optional(),
  metadata: metadata().optional(),
  receipt_email: email().optional(),
  setup_future_usage: oneOf('off_session', 'on_session').optional(),
});

const subscriptionData = z.strictObject({
  description: text(500).optional(),
  metadata: metadata().optional(),
  trial_end: integer(1).optional(),
  trial_period_days: integer(1, 730).optional(),
  trial_settings: z
    .strictObject({ end_behavior: z.strictObject({ missing_payment_method: oneOf('cancel', 'create_invoice', 'pause') }) })
    .optional(),
});

/** The languages of Stripe's payment page. */
export const locales = [
  'auto', 'bg', 'cs', 'da', 'de', 'el', 'en', 'en-GB', 'es', 'es-419', 'et', 'fi', 'fil', 'fr', 'fr-CA', 'hi-IN', 'hr', 'hu', 'id',
  'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'mt', 'nb', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sv', 'th', 'tr', 'vi', 'zh',
  'zh-HK', 'zh-TW',
] as const;

/** The parameters of `POST /v1/checkout/sessions` that the sandbox can honour; any other is refused, none is ignored. */
export const newSessionParams = params({
  allow_promotion_codes: flag().optional(),
  // A filter, as at Stripe: what cannot be paid with in the currency is not offered.
  allowed_payment_method_types: list(oneOf('card', 'sepa_debit', 'us_bank_account'), 3).optional(),
  cancel_url: address().optional(),
  client_reference_id: text(200).optional(),
  currency: currency().optional(),
  customer: idParam().optional(),
  customer_creation: oneOf('always', 'if_required').optional(),
  customer_email: email().optional(),
  discounts: list(discount, 1).optional(),
  expires_at: integer().optional(),
  line_items: list(lineItem).optional(),
  locale: oneOf(...locales).optional(),
  metadata: metadata().optional(),
  mode: oneOf('payment', 'setup', 'subscription'),
  payment_intent_data: paymentIntentData.optional(),
  payment_method_collection: oneOf('always', 'if_required').optional(),
  subscription_data: subscriptionData.optional(),
  submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe').optional(),
  success_url: address(),
  ui_mode: oneOf('hosted_page').optional(),
});

/** The parameters of `POST /v1/checkout/sessions/:id`. */
export const sessionChangeParams = params({ metadata: metadata().optional() });

/** A new session's parameters, judged one by one; `createSession` judges them together. */
export type NewSession = z.infer<typeof newSessionParams>;
/** One line as asked for. */
export type NewLine = z.infer<typeof lineItem>;
