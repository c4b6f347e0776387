import type { RequestHandler } from 'express';
import Stripe from 'stripe';
import { AppError } from '../../shared/failures.js';
import type { Deps } from '../deps.js';
import { WebhookEvent } from '../models/money/webhookEvent.js';
import { handleWebhook, isFollowed, type WebhookFollower } from './handleWebhook.js';
import { subjectOf } from './subjectOf.js';

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
    const { orderId, paymentId, customerId } = subjectOf(event.data.object);
    const hint = { _id: event.id, type: event.type, orderId, paymentId, customerId, receivedAt: now };
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
