import type { RequestHandler } from 'express';
import Stripe from 'stripe';
import { AppError } from '../../shared/failures.js';
import { Id } from '../../shared/ids.js';
import type { Deps } from '../deps.js';
import { WebhookEvent, type WebhookHint } from '../models/money/webhookEvent.js';
import { handleWebhook, isFollowed, type WebhookFollower } from './handleWebhook.js';

/** How old a signed webhook may be, in seconds: Stripe's own advice (https://docs.stripe.com/webhooks#replay-attacks). */
const toleranceSeconds = 300;
/** The timer leaves an event to the request that brought it for this long, in milliseconds. */
const firstTryMs = 60_000;

/**
 * Takes Stripe's webhooks: proves them, stores each once, answers, and only then handles it. What is stored and not handled
 * is found by the timer. The body must come as the very bytes that were signed.
 *
 * @throws webhook.refused - unsigned, badly signed, too old, of the other mode than our key, or there is no secret to prove
 *   it by; nothing is changed.
 */
export function webhookRoute(deps: Deps, followers: readonly WebhookFollower[]): RequestHandler {
  return async (request, response) => {
    const event = proveEvent(deps, request.body, request.headers['stripe-signature']);
    const now = deps.now();
    const hint = { _id: event.id, type: event.type, ...subjectOf(event), receivedAt: now };
    const isNew = await WebhookEvent.storeOnce({ ...hint, nextTryAt: isFollowed(followers, event.type) ? new Date(now.getTime() + firstTryMs) : null });
    response.json({ ok: true, data: {} });
    if (isNew && isFollowed(followers, event.type)) await handleWebhook(deps, followers, hint);
  };
}

function proveEvent(deps: Deps, body: unknown, signature: string | string[] | undefined): Stripe.Event {
  const { stripe, webhookSecret, isTest } = deps.payments;
  if (webhookSecret.trim() === '' || !Buffer.isBuffer(body) || typeof signature !== 'string') throw new AppError('webhook.refused');
  let event: Stripe.Event;
  try {
    event = stripe.webhooks.constructEvent(body, signature, webhookSecret, toleranceSeconds);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError) throw new AppError('webhook.refused');
    throw error;
  }
  if (event.livemode === isTest) throw new AppError('webhook.refused');
  return event;
}

/** Which order, payment and customer an event is about. */
function subjectOf(event: Stripe.Event): Pick<WebhookHint, 'orderId' | 'paymentId' | 'customerId'> {
  const object = event.data.object as { id?: unknown; object?: unknown; metadata?: { orderId?: unknown } | null; payment_intent?: unknown; customer?: unknown };
  const orderId = Id.safeParse(object.metadata?.orderId);
  const paymentId = object.object === 'payment_intent' ? object.id : object.payment_intent;
  const customerId = object.object === 'customer' ? object.id : object.customer;
  return { orderId: orderId.success ? orderId.data : null, paymentId: textOf(paymentId), customerId: textOf(customerId) };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
