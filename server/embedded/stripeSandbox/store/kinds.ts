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

/** A list as it stands inside an object that holds it whole. */
export interface StoredList<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
  url: string;
}

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

/** A card or an account as kept; its last four digits say how its bank answers: see `cards/`. */
export type StoredPaymentMethod = Stored<Stripe.PaymentMethod>;
/** A dispute as kept, with its balance transactions whole. */
export type StoredDispute = Stored<Stripe.Dispute>;
/** A discount as kept: a coupon on one subscription. */
export type StoredDiscount = Stored<Stripe.Discount>;
/** An item of a subscription, with the price as it was when the item got it. */
export type StoredSubscriptionItem = Omit<Stored<Stripe.SubscriptionItem>, 'plan' | 'price'> & { plan: Stored<Stripe.Plan>; price: StoredPrice };
/** A subscription as kept. */
export type StoredSubscription = Omit<Stored<Stripe.Subscription>, 'items'> & { items: StoredList<StoredSubscriptionItem> };
/** A phase of a schedule as kept. */
export type StoredPhase = Omit<Stripe.SubscriptionSchedule.Phase, 'items' | 'proration_behavior'> & {
  proration_behavior: 'always_invoice' | 'create_prorations' | 'none';
  items: (Omit<Stripe.SubscriptionSchedule.Phase.Item, 'metadata' | 'plan' | 'price'> & { metadata: Stripe.Metadata; plan: string; price: string })[];
};
/** A subscription schedule as kept. */
export type StoredSchedule = Omit<Stored<Stripe.SubscriptionSchedule>, 'phases'> & { phases: StoredPhase[] };
/** What a line or an item of an invoice costs. */
export type StoredPricing = Stored<Stripe.InvoiceLineItem.Pricing>;
/** A line of an invoice; amounts are in minor units and below zero for a credit. */
export type StoredInvoiceLine = Omit<Stored<Stripe.InvoiceLineItem>, 'pricing'> & { pricing: StoredPricing };
/** An invoice as kept. */
export type StoredInvoice = Omit<Stored<Omit<Stripe.Invoice, 'payments'>>, 'lines'> & { lines: StoredList<StoredInvoiceLine> };
/** What waits for the next invoice of a customer. */
export type StoredInvoiceItem = Omit<Stored<Stripe.InvoiceItem>, 'pricing'> & { pricing: StoredPricing };
/** How an invoice is paid, or was to be. */
export type StoredInvoicePayment = Stored<Stripe.InvoicePayment>;
/** What a customer portal offers, as kept. */
export type StoredPortalConfiguration = Stored<Stripe.BillingPortal.Configuration>;
/** A session of the customer portal as kept; `url` is filled in when it is shown. */
export type StoredPortalSession = Stored<Stripe.BillingPortal.Session>;
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
  /** What the subscription is to be, in `subscription` mode. */
  subscription: SubscriptionPlan | null;
}

/** A subscription that will begin when its session is completed. */
export interface SubscriptionPlan {
  description: string | null;
  metadata: Stripe.Metadata;
  /** Whole days; 0 without a trial. */
  trialDays: number;
  /** Seconds since the epoch; takes the place of `trialDays`. */
  trialEnd: number | null;
  missingPaymentMethod: 'cancel' | 'create_invoice' | 'pause';
  /** The intent that a declined attempt has left. */
  intent: string | null;
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

/** One attempt to deliver an event; `at` in milliseconds, `status` is that of the answer if there was one. */
export interface Attempt {
  at: number;
  status: number | null;
  how: 'by_hand' | 'dropped' | 'lost' | 'sent' | 'twice';
}

/** How an event was delivered, under the event's id; the API shows nothing of it. */
export interface EventLog {
  id: string;
  object: 'event_log';
  /** Oldest first, the last ones only. */
  attempts: Attempt[];
}

/** Each kind of kept object by the name that Stripe gives it in `object`. */
export interface Kinds {
  balance_transaction: Stored<Stripe.BalanceTransaction>;
  'billing_portal.configuration': StoredPortalConfiguration;
  'billing_portal.session': StoredPortalSession;
  charge: StoredCharge;
  'checkout.session': StoredSession;
  checkout_plan: CheckoutPlan;
  coupon: StoredCoupon;
  customer: Stored<Stripe.Customer>;
  discount: StoredDiscount;
  dispute: StoredDispute;
  event: StoredEvent;
  event_log: EventLog;
  invoice: StoredInvoice;
  invoice_payment: StoredInvoicePayment;
  invoiceitem: StoredInvoiceItem;
  payment_intent: StoredPaymentIntent;
  payment_method: StoredPaymentMethod;
  price: StoredPrice;
  product: Stored<Stripe.Product>;
  promotion_code: StoredPromotionCode;
  refund: Stored<Stripe.Refund>;
  subscription: StoredSubscription;
  subscription_schedule: StoredSchedule;
  'test_helpers.test_clock': StoredTestClock;
  tombstone: Tombstone;
}

/** The name of a kind of kept object. */
export type Kind = keyof Kinds;

/** The fields by which each kind can be found without reading all of it. */
export const indexedFields: { readonly [K in Kind]: readonly (keyof Kinds[K] & string)[] } = {
  balance_transaction: ['source', 'type'],
  'billing_portal.configuration': [],
  'billing_portal.session': [],
  charge: ['payment_intent', 'customer'],
  'checkout.session': ['payment_intent', 'customer', 'status'],
  checkout_plan: [],
  coupon: [],
  customer: ['email', 'test_clock'],
  discount: [],
  dispute: ['charge', 'payment_intent'],
  event: ['type'],
  event_log: [],
  invoice: ['customer', 'status'],
  invoice_payment: ['invoice'],
  invoiceitem: ['customer', 'invoice'],
  payment_intent: ['customer'],
  payment_method: ['customer'],
  price: ['currency', 'product', 'lookup_key'],
  product: [],
  promotion_code: ['object', 'customer'],
  refund: ['charge', 'payment_intent'],
  subscription: ['customer'],
  subscription_schedule: ['customer'],
  'test_helpers.test_clock': [],
  tombstone: [],
};

/** Which kind an id belongs to, by its prefix; the prefixes are Stripe's. */
export const idPrefixes: { readonly [prefix: string]: Kind } = {
  txn_: 'balance_transaction',
  bpc_: 'billing_portal.configuration',
  bps_: 'billing_portal.session',
  ch_: 'charge',
  clock_: 'test_helpers.test_clock',
  cs_test_: 'checkout.session',
  cus_: 'customer',
  di_: 'discount',
  du_: 'dispute',
  evt_: 'event',
  ii_: 'invoiceitem',
  in_: 'invoice',
  inpay_: 'invoice_payment',
  pi_: 'payment_intent',
  pm_: 'payment_method',
  price_: 'price',
  prod_: 'product',
  promo_: 'promotion_code',
  re_: 'refund',
  // Before the shorter prefix, which it begins with.
  sub_sched_: 'subscription_schedule',
  sub_: 'subscription',
};
