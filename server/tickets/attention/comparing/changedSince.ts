import type Stripe from 'stripe';
import type { Deps } from '../../../deps.js';
import type { WebhookFollower } from '../../handleWebhook.js';
import { subjectOf, type MoneySubject } from '../../subjectOf.js';

/** Stripe keeps events for thirty days (https://docs.stripe.com/api/events); what is older than this is looked for in the objects themselves. */
const eventsKeptMs = 29 * 24 * 3_600_000;
/** How many types of events may be asked for at once (https://docs.stripe.com/api/events/list#list_events-types). */
const typesAtOnce = 20;
/** Told of every payment, also of one of which nobody here follows anything: only so is money found that is for nothing the house knows. */
const ofAnyPayment = 'payment_intent.succeeded';
const pageSize = 100;

/**
 * What at Stripe has changed since a moment, each thing once: by the events that followers look after; or, where there is no such moment
 * or events of then are no longer kept, every payment and subscription there is.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function* changedSince(deps: Deps, followers: readonly WebhookFollower[], since: Date | null): AsyncGenerator<MoneySubject> {
  const areKept = since !== null && deps.now().getTime() - since.getTime() < eventsKeptMs;
  const objects = areKept ? changedByEvents(deps, [...new Set([ofAnyPayment, ...followers.flatMap(({ types }) => [...types])])], since) : everything(deps);
  const seen = new Set<string>();
  for await (const object of objects) {
    const subject = subjectOf(object);
    const key = Object.values(subject).join(' ');
    if (seen.has(key) || key.trim() === '') continue;
    seen.add(key);
    yield subject;
  }
}

async function* changedByEvents(deps: Deps, types: readonly string[], since: Date): AsyncGenerator<object> {
  const gte = Math.floor(since.getTime() / 1000);
  for (let first = 0; first < types.length; first += typesAtOnce) {
    const some = types.slice(first, first + typesAtOnce);
    const events = everyPage(deps, (stripe, page) => stripe.events.list({ types: some, created: { gte }, ...page }));
    for await (const event of events) yield event.data.object;
  }
}

async function* everything(deps: Deps): AsyncGenerator<object> {
  yield* everyPage(deps, (stripe, page) => stripe.paymentIntents.list(page));
  yield* everyPage(deps, (stripe, page) => stripe.subscriptions.list({ status: 'all', ...page }));
}

interface Page {
  limit: number;
  starting_after?: string;
}

async function* everyPage<T extends { id: string }>(deps: Deps, ask: (stripe: Stripe, page: Page) => Promise<Stripe.ApiList<T>>): AsyncGenerator<T> {
  for (let page: Page = { limit: pageSize }; ; ) {
    const { data, has_more: hasMore } = await deps.askStripe((stripe) => ask(stripe, page));
    yield* data;
    const last = data.at(-1);
    if (!hasMore || !last) return;
    page = { limit: pageSize, starting_after: last.id };
  }
}
