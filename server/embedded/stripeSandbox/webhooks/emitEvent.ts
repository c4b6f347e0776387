/** Writes down what happened, for whoever listens: https://docs.stripe.com/api/events */
import Stripe from 'stripe';
import { newId } from '../store/newId.js';
import type { Kind, Kinds, StoredEvent } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import type { EventTypes } from './eventTypes.js';

/** Stripe keeps events for 30 days. */
const eventLifeMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Stores an event in the turn that caused it and puts its delivery on the agenda: both happen, or neither.
 *
 * @param before - the object as it was; the fields that differ become `previous_attributes`.
 */
export function emitEvent<T extends keyof EventTypes>(
  { draft, sandboxNow: now, cause }: Turn,
  type: T,
  object: Kinds[EventTypes[T]],
  before?: Kinds[EventTypes[T]],
): void {
  const event: StoredEvent = {
    id: newId('evt_'),
    object: 'event',
    api_version: Stripe.API_VERSION,
    created: now,
    data: before ? { object, previous_attributes: changedFields(before, object) } : { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: cause.requestId, idempotency_key: cause.idempotencyKey },
    type,
  };
  draft.put('event', event);
  draft.schedule({ lane: 'deliver', at: now * 1000, id: event.id, attempt: 0 });
  draft.schedule({ lane: 'forget_event', at: now * 1000 + eventLifeMs, id: event.id, attempt: 0 });
}

function changedFields(before: Kinds[Kind], after: object): object {
  const now = new Map<string, unknown>(Object.entries(after));
  return Object.fromEntries(Object.entries(before).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(now.get(field))));
}
