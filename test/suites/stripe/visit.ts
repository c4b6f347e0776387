/** What the parts of the suite share: a product of their own, payers with a clock of their own, and the events that were told. */
import { randomUUID } from 'node:crypto';
import type Stripe from 'stripe';
import { expect } from 'vitest';
import { noting, patience, type OpenPlace } from './places.js';

/** A day in seconds. */
export const day = 24 * 3600;

/** The id of a reference, opened or not; empty where there is none. */
export const idOf = (object: string | { id: string } | null | undefined): string => (typeof object === 'string' ? object : (object?.id ?? ''));

/** A name that nobody else has, in this run or in another. */
export const ownName = (word: string): string => `${word}-${randomUUID().slice(0, 12)}`;

/** Somebody who lives by a test clock of their own. */
export interface Payer {
  customer: string;
  /** Lets so many seconds pass for them. */
  pass(seconds: number): Promise<void>;
  /** Has them pay with a test card from now on. */
  giveCard(card: string): Promise<void>;
  subscribe(price: string, more?: Partial<Stripe.SubscriptionCreateParams>): Promise<Stripe.Subscription>;
}

/** A visit to a place; what was made there is taken away when it ends, as far as Stripe lets anybody do that. */
export interface Visit {
  stripe: Stripe;
  /** Every method of the SDK that was called. */
  called: ReadonlySet<string>;
  /** Every type of event that was told of what was done. */
  told: ReadonlySet<string>;
  /** A product, and prices of it: 10.00 and 25.00 EUR a month. */
  product: string;
  small: string;
  large: string;
  /** Lets the time go by after which banks answer. */
  later(): Promise<void>;
  /** Waits until an event of a type was told of an object. */
  heard(type: string, id: string): Promise<void>;
  /** Somebody who pays with a card, or with none yet. */
  join(card: string | null): Promise<Payer>;
  /** Has something done when the visit ends, the last first. */
  leaveBy(undo: () => Promise<unknown>): void;
  end(): Promise<void>;
}

/** Goes to a place. */
export async function beginVisit(open: OpenPlace): Promise<Visit> {
  const place = await open();
  const [called, told] = [new Set<string>(), new Set<string>()];
  const stripe = noting(place.stripe, called);
  const undone: (() => Promise<unknown>)[] = [() => place.close()];
  const { id: product } = await stripe.products.create({ name: ownName('Supporter') });
  undone.push(() => stripe.products.update(product, { active: false }));
  const monthly = async (unit_amount: number): Promise<string> => (await stripe.prices.create({ product, currency: 'eur', unit_amount, recurring: { interval: 'month' } })).id;
  return {
    stripe,
    called,
    told,
    product,
    small: await monthly(1000),
    large: await monthly(2500),
    later: () => place.later(),
    async heard(type, id) {
      const isTold = async (): Promise<boolean> => (await stripe.events.list({ type, limit: 100 })).data.some(({ data: { object } }) => 'id' in object && object.id === id);
      await expect.poll(isTold, { ...patience, message: `${type} of ${id}` }).toBe(true);
      told.add(type);
    },
    join: (card) => join(stripe, card, undone),
    leaveBy: (undo) => void undone.push(undo),
    async end() {
      for (const undo of undone.toReversed()) await undo();
    },
  };
}

async function join(stripe: Stripe, card: string | null, undone: (() => Promise<unknown>)[]): Promise<Payer> {
  let time = Math.floor(Date.now() / 1000);
  const { id: clock } = await stripe.testHelpers.testClocks.create({ frozen_time: time });
  // Their customers and subscriptions go with them.
  undone.push(() => stripe.testHelpers.testClocks.del(clock));
  const { id: customer } = await stripe.customers.create({ test_clock: clock, email: `${ownName('ada')}@example.com` });
  const payer: Payer = {
    customer,
    async pass(seconds) {
      time += seconds;
      await stripe.testHelpers.testClocks.advance(clock, { frozen_time: time });
      await expect.poll(async () => (await stripe.testHelpers.testClocks.retrieve(clock)).status, patience).toBe('ready');
    },
    async giveCard(method) {
      const { id } = await stripe.paymentMethods.attach(method, { customer });
      await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
    },
    subscribe: (price, more) => stripe.subscriptions.create({ customer, items: [{ price }], ...more }),
  };
  if (card !== null) await payer.giveCard(card);
  return payer;
}
