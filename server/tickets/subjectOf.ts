import { Id } from '../../shared/ids.js';

/** What an object of Stripe's is about: an order of ours by its metadata, a payment intent, a customer, a subscription; null where it names none. */
export interface MoneySubject {
  orderId: string | null;
  paymentId: string | null;
  customerId: string | null;
  subscriptionId: string | null;
}

/** What of Stripe's objects tells what they are about; each kind has some of it. */
interface Named {
  id?: unknown;
  object?: unknown;
  metadata?: { orderId?: unknown } | null;
  payment_intent?: unknown;
  customer?: unknown;
  subscription?: unknown;
  parent?: { subscription_details?: { subscription?: unknown } | null } | null;
}

/** Reads what an object is about: what an event carries, or what a list has. */
export function subjectOf(object: object): MoneySubject {
  const named: Named = object;
  const orderId = Id.safeParse(named.metadata?.orderId);
  const idIf = (kind: string): unknown => (named.object === kind ? named.id : undefined);
  return {
    orderId: orderId.success ? orderId.data : null,
    paymentId: textOf(idIf('payment_intent') ?? named.payment_intent),
    customerId: textOf(idIf('customer') ?? named.customer),
    subscriptionId: textOf(idIf('subscription') ?? named.subscription ?? named.parent?.subscription_details?.subscription),
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
