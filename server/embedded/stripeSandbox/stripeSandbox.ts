/** A Stripe of one's own: the API on a loopback port, the payment page, and the webhooks. */
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { Router } from 'express';
import { createApi } from './api/createApi.js';
import { createOwnClock, type OwnClock } from './clocks/ownClock.js';
import { endpoints } from './endpoints.js';
import { Faults } from './faults/faults.js';
import { createHousekeeping, type Housekeeping } from './housekeeping.js';
import { createConsole } from './pages/console/createConsole.js';
import { createPages } from './pages/createPages.js';
import { judgeSecrets, readSecrets } from './secrets.js';
import { openStore } from './store/openStore.js';
import type { Account } from './turn.js';
import { PostOffice, stripeRetryDelaysMs, type Webhooks } from './webhooks/postOffice.js';

/** How a sandbox is started. */
export interface StripeSandboxOptions {
  /** The folder of its state; made when missing. One sandbox at a time may use it. */
  dataDir: string;
  /** Where browsers reach the host app, which mounts `pages` at `<publicUrl>/stripe-sandbox`. */
  publicUrl: string;
  /** Begins with `sk_test_sandbox_`. Without it, one is made on the first start and kept. */
  secretKey?: string;
  /** Without it, one is made on the first start and kept. */
  webhookSecret?: string;
  /** Where events go. Without it they wait until `setWebhookUrl`. */
  webhookUrl?: string;
  now?: () => Date;
  log?: (line: Record<string, unknown>) => void;
  /** Delays before each further attempt of a delivery, in milliseconds; after the last one it is given up. */
  retryDelaysMs?: readonly number[];
  /** Days after each failed attempt at a renewal until the next one: 3, 5 and 7. */
  retryDays?: readonly number[];
  /** What becomes of a subscription when the last attempt has failed: it is canceled. */
  afterRetries?: Account['afterRetries'];
}

/** A running sandbox. Whoever starts it closes it. */
export interface StripeSandbox {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** The hosted payment page, for the host app to mount at `/stripe-sandbox`. */
  readonly pages: Router;
  /**
   * The console on which one plays Stripe, to be mounted where `pages` are. It judges nobody: the host app lets only those
   * through who may do that. With `response.locals.mayOpenConsole` set to true, the other pages link to it.
   */
  readonly console: Router;
  /** Switches for tests of late, double and disordered delivery. */
  readonly webhooks: Webhooks;
  /** What goes wrong on purpose. */
  readonly faults: Faults;
  setWebhookUrl(url: string): void;
  /** For a host that learns its address only after the sandbox has started. */
  setPublicUrl(url: string): void;
  /** Looks at the clock now: for a test that has moved `now`. */
  catchUp(): Promise<void>;
  /**
   * Sets the sandbox's own clock forward, for good, and lets everything happen that would have happened meanwhile.
   *
   * @param ms - milliseconds; a clock does not go back.
   */
  advanceClock(ms: number): Promise<void>;
  /** Ends it; deliveries under way are kept for the next start. Twice is harmless. */
  close(): Promise<void>;
}

/**
 * Starts the sandbox, or goes on where it was stopped.
 *
 * @throws Error when the given key is not a sandbox's, or the given webhook secret is blank.
 */
export async function startStripeSandbox(options: StripeSandboxOptions): Promise<StripeSandbox> {
  judgeSecrets(options);
  const base = await openBase(options);
  const { store, clock, secrets } = base;
  let publicUrl = options.publicUrl;
  const pageOf = (sessionId: string): string => `${publicUrl.replace(/\/$/, '')}/stripe-sandbox/${sessionId.startsWith('bps_') ? 'p' : 'c'}/${sessionId}`;
  const retryDelaysMs = options.retryDelaysMs ?? stripeRetryDelaysMs;
  const webhooks = new PostOffice({ ...base, secret: secrets.webhookSecret, retryDelaysMs }, options.webhookUrl);
  const housekeeping = createHousekeeping({ ...base, afterChores: () => webhooks.wake() });
  const wrote = (): void => {
    webhooks.wake();
    housekeeping.wake();
  };
  const house = { ...base, secretKey: secrets.secretKey, pageOf, catchUp: housekeeping.catchUp, wrote };
  const time = timeSwitches(clock, housekeeping, webhooks);
  const server = createServer(createApi(house, endpoints));
  const port = await listen(server);
  wrote();

  const close = once(async () => {
    housekeeping.stop();
    await Promise.all([closeServer(server), webhooks.close()]);
    await store.close();
  });
  return {
    host: '127.0.0.1',
    port,
    ...secrets,
    pages: createPages(house),
    console: createConsole({ ...house, webhooks, advanceClock: time.advanceClock }),
    webhooks,
    faults: base.faults,
    setWebhookUrl: (url) => webhooks.setUrl(url),
    setPublicUrl(url) {
      publicUrl = url;
    },
    ...time,
    close,
  };
}

/** What everything else in the sandbox stands on. */
async function openBase(options: StripeSandboxOptions) {
  const { now = () => new Date(), log = () => undefined, retryDays = [3, 5, 7], afterRetries = 'cancel' } = options;
  await mkdir(options.dataDir, { recursive: true });
  const store = openStore(options.dataDir);
  const secrets = await readSecrets(store, options);
  const clock = createOwnClock(store, now);
  const account: Account = { retryDays, afterRetries };
  return { store, secrets, clock, now: clock.now, aheadMs: clock.aheadMs, account, faults: new Faults(), log };
}

/** By which time is moved, or looked at, from outside. */
function timeSwitches(clock: OwnClock, housekeeping: Housekeeping, webhooks: PostOffice): Pick<StripeSandbox, 'advanceClock' | 'catchUp'> {
  const catchUp = async (): Promise<void> => {
    await housekeeping.catchUp();
    webhooks.wake();
  };
  const advanceClock = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    await catchUp();
    housekeeping.wake();
  };
  return { advanceClock, catchUp };
}

/** Does it on the first call; every further call waits for the same end. */
function once(work: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => (result ??= work());
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/** Lets requests in flight finish within a moment, and cuts connections that only idle. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection that falls idle only after this would stay open for its keep-alive time.
    const patience = setTimeout(() => server.closeAllConnections(), 1000);
    server.close(() => {
      clearTimeout(patience);
      resolve();
    });
    server.closeIdleConnections();
  });
}
