/** The nouns which the sandbox keeps, in the shapes of the pinned API version. */
import type Stripe from 'stripe';

/**
 * A Stripe object as it is kept and as it crosses the wire: references are ids (never expanded objects),
 * decimals are strings.
 */
export type Stored<T> = {
  [Field in keyof T]: [NonNullable<T[Field]>] extends [Stripe.Decimal]
    ? string | Extract<T[Field], null | undefined>
    : string extends T[Field]
      ? Extract<T[Field], string | null | undefined>
      : T[Field];
};

/** A price as kept; `unit_amount` is in minor units of `currency`. */
export type StoredPrice = Stored<Stripe.Price>;
/** A coupon as kept; `valid` is filled in when it is shown. */
export type StoredCoupon = Stored<Stripe.Coupon>;
/** A promotion code as kept. */
export type StoredPromotionCode = Stored<Stripe.PromotionCode>;
/** A line of a checkout session, with the price as it was when the session was made. */
export type StoredLineItem = Omit<Stripe.LineItem, 'price'> & { price: StoredPrice };
/** A checkout session as kept; `url` is filled in when it is shown. */
export type StoredSession = Stored<Omit<Stripe.Checkout.Session, 'line_items'>>;
/** A payment intent as kept. */
export type StoredPaymentIntent = Stored<Stripe.PaymentIntent>;
/** A charge as kept. */
export type StoredCharge = Stored<Omit<Stripe.Charge, 'refunds'>>;

/** A test clock as kept. */
export type StoredTestClock = Stripe.TestHelpers.TestClock;

/** What a session's creator asked for and Stripe does not show on the session itself. */
export interface CheckoutPlan {
  /** The session's id. */
  id: string;
  object: 'checkout_plan';
  lines: StoredLineItem[];
  paymentIntent: {
    description: string | null;
    metadata: Stripe.Metadata;
    receiptEmail: string | null;
    setupFutureUsage: 'off_session' | 'on_session' | null;
  };
}

/** What is left of a deleted object, so that its id still answers `deleted: true`. */
export interface Tombstone {
  id: string;
  object: 'tombstone';
  of: 'coupon' | 'customer' | 'product';
}

/** An event as kept: `data.object` is the object as it was at that moment. */
export interface StoredEvent {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: object; previous_attributes?: object };
  livemode: false;
  /** 1 until the endpoint has answered 2xx, then 0. */
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

/** Each kind of kept object by the name that Stripe gives it in `object`. */
export interface Kinds {
  balance_transaction: Stored<Stripe.BalanceTransaction>;
  charge: StoredCharge;
  'checkout.session': StoredSession;
  checkout_plan: CheckoutPlan;
  coupon: StoredCoupon;
  customer: Stored<Stripe.Customer>;
  event: StoredEvent;
  payment_intent: StoredPaymentIntent;
  price: StoredPrice;
  product: Stored<Stripe.Product>;
  promotion_code: StoredPromotionCode;
  refund: Stored<Stripe.Refund>;
  'test_helpers.test_clock': StoredTestClock;
  tombstone: Tombstone;
}

/** The name of a kind of kept object. */
export type Kind = keyof Kinds;

/** The fields by which each kind can be found without reading all of it. */
export const indexedFields: { readonly [K in Kind]: readonly (keyof Kinds[K] & string)[] } = {
  balance_transaction: ['source', 'type'],
  charge: ['payment_intent', 'customer'],
  'checkout.session': ['payment_intent', 'customer', 'status'],
  checkout_plan: [],
  coupon: [],
  customer: ['email', 'test_clock'],
  event: ['type'],
  payment_intent: ['customer'],
  price: ['product', 'lookup_key'],
  product: [],
  promotion_code: ['object', 'customer'],
  refund: ['charge', 'payment_intent'],
  'test_helpers.test_clock': [],
  tombstone: [],
};

/** Which kind an id belongs to, by its prefix; the prefixes are Stripe's. */
export const idPrefixes: { readonly [prefix: string]: Kind } = {
  txn_: 'balance_transaction',
  ch_: 'charge',
  clock_: 'test_helpers.test_clock',
  cs_test_: 'checkout.session',
  cus_: 'customer',
  evt_: 'event',
  pi_: 'payment_intent',
  price_: 'price',
  prod_: 'product',
  promo_: 'promotion_code',
  re_: 'refund',
};
