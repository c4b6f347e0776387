/** A small shop around the sandbox: the SDK, the payment page on a real port, and an endpoint that takes webhooks. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import express from 'express';
import Stripe from 'stripe';
import type { OutcomeName } from '../../../server/embedded/stripeSandbox/checkout/outcomes.js';
import { startStripeSandbox, type StripeSandbox, type StripeSandboxOptions } from '../../../server/embedded/stripeSandbox/stripeSandbox.js';

/** A webhook as it arrived. */
export interface Delivery {
  body: string;
  signature: string;
  event: Stripe.Event;
}

/** The shop's parts; `clock.ms` may be moved. */
export interface Shop {
  sandbox: StripeSandbox;
  stripe: Stripe;
  url: string;
  dataDir: string;
  clock: { ms: number };
  heard: Delivery[];
  /** The status with which the endpoint answers. */
  answer: { status: number };
  /** Types of the events heard so far, in order. */
  heardTypes(): string[];
  /** A session for one ticket of 25.00 EUR, changed as said. */
  openSession(change?: Partial<Stripe.Checkout.SessionCreateParams>): Promise<Stripe.Checkout.Session>;
  /** Clicks a button of the payment page; redirects are not followed. */
  click(session: Stripe.Checkout.Session, button: OutcomeName | 'fail' | 'prove', email?: string): Promise<Response>;
  /** Stops the sandbox and starts it again on the same folder; the payment page goes on at the same address. */
  restart(options?: Partial<StripeSandboxOptions>): Promise<void>;
  close(): Promise<void>;
}

/** Opens a shop; whoever opens it closes it. */
export async function openShop(options: Partial<StripeSandboxOptions> = {}): Promise<Shop> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'stripe.sandbox-'));
  const clock = { ms: Date.now() };
  const heard: Delivery[] = [];
  const answer = { status: 200 };
  const app = express();
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const start = (more: Partial<StripeSandboxOptions> = {}): Promise<StripeSandbox> =>
    startStripeSandbox({ dataDir, publicUrl: url, webhookUrl: `${url}/webhook`, now: () => new Date(clock.ms), ...options, ...more });
  const sandbox = await start();

  const shop: Shop = {
    sandbox,
    stripe: clientOf(sandbox),
    url,
    dataDir,
    clock,
    heard,
    answer,
    heardTypes: () => heard.map(({ event }) => event.type),
    openSession: (change) => shop.stripe.checkout.sessions.create({ ...oneTicket(url), ...change }),
    click: (session, button, email = 'ada@example.com') =>
      fetch(`${url}/stripe-sandbox/c/${session.id}/${button}`, { method: 'POST', body: new URLSearchParams({ email }), redirect: 'manual' }),
    async restart(more) {
      await shop.sandbox.close();
      shop.sandbox = await start(more);
      shop.stripe = clientOf(shop.sandbox);
    },
    async close() {
      await shop.sandbox.close();
      await closed(server);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  app.use('/stripe-sandbox', (request, response, next) => shop.sandbox.console(request, response, next));
  app.use('/stripe-sandbox', (request, response, next) => shop.sandbox.pages(request, response, next));
  app.post('/webhook', express.text({ type: () => true, limit: '1mb' }), (request, response) => {
    const body = String(request.body);
    heard.push({ body, signature: request.get('stripe-signature') ?? '', event: JSON.parse(body) as Stripe.Event });
    response.sendStatus(answer.status);
  });
  return shop;
}

/** The unchanged SDK, pointed at a sandbox. */
export function clientOf({ secretKey, host, port }: Pick<StripeSandbox, 'secretKey' | 'host' | 'port'>): Stripe {
  return new Stripe(secretKey, { host, port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
}

/** The parameters of a session for one ticket of 25.00 EUR. */
export function oneTicket(url: string): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    line_items: [{ price_data: { currency: 'eur', unit_amount: 2500, product_data: { name: 'Workshop ticket' } }, quantity: 1 }],
    success_url: `${url}/thanks?session={CHECKOUT_SESSION_ID}`,
    cancel_url: `${url}/workshop`,
  };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** What the shop sells again and again: ids of prices of one product. `small` and `large` are 10.00 and 25.00 EUR a month, `yearly` 100.00 EUR a year, `yen` 1200 JPY a month. */
export async function sellAgainAndAgain({ stripe }: Shop): Promise<Record<string, string>> {
  const { id: product } = await stripe.products.create({ name: 'Supporter' });
  const make = async (unit_amount: number, interval: 'month' | 'year', currency = 'eur'): Promise<string> => (await stripe.prices.create({ product, currency, unit_amount, recurring: { interval } })).id;
  return { small: await make(1000, 'month'), large: await make(2500, 'month'), yearly: await make(10_000, 'year'), yen: await make(1200, 'month', 'jpy') };
}
