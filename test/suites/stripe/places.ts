/** The two places that can be asked the same: the sandbox, and Stripe's own test mode where there is a key for it. */
import Stripe from 'stripe';
import { openShop } from '../stripeSandbox/shop.js';

/** One of the places. Nothing that is asked of it depends on which it is. */
export interface Place {
  stripe: Stripe;
  /** Lets the three minutes go by after which banks answer; where they must be waited for, nothing is done here. */
  later(): Promise<void>;
  close(): Promise<void>;
}

/** How to open a place; whoever opens it closes it. */
export type OpenPlace = () => Promise<Place>;

const bankAnswersAfterMs = 4 * 60_000;

async function openSandbox(): Promise<Place> {
  const shop = await openShop();
  return { stripe: shop.stripe, later: () => shop.sandbox.advanceClock(bankAnswersAfterMs), close: () => shop.close() };
}

/** @throws Error - the key is one that moves money. */
function openTestMode(key: string): Promise<Place> {
  if (!/^[sr]k_test_/.test(key)) throw new Error('STRIPE_TEST_KEY is no key of test mode');
  // Test mode lets through 25 calls a second: a refusal for haste is tried again by the SDK.
  return Promise.resolve({ stripe: new Stripe(key, { telemetry: false, maxNetworkRetries: 5 }), later: () => Promise.resolve(), close: () => Promise.resolve() });
}

const testKey = process.env['STRIPE_TEST_KEY'];

/** The places there are. */
export const places: [name: string, open: OpenPlace][] = [['the sandbox', openSandbox], ...(testKey ? [['Stripe’s test mode', () => openTestMode(testKey)] satisfies [string, OpenPlace]] : [])];

/** A network and a queue lie between; banks take three minutes. The sandbox needs none of it. */
export const patience = { timeout: 240_000, interval: 250 };

/** The same SDK, which notes the name of each method that is called, as `checkout.sessions.create`. */
export function noting(stripe: Stripe, called: Set<string>): Stripe {
  return notingUnder(stripe, '', called);
}

function notingUnder<T extends object>(resource: T, path: string, called: Set<string>): T {
  return new Proxy(resource, {
    get(target, name) {
      const part: unknown = Reflect.get(target, name);
      const full = `${path}${String(name)}`;
      if (typeof part === 'object' && part !== null) return notingUnder(part, `${full}.`, called);
      if (typeof part !== 'function') return part;
      return (...parameters: unknown[]): unknown => {
        called.add(full);
        return Reflect.apply(part, target, parameters);
      };
    },
  });
}
