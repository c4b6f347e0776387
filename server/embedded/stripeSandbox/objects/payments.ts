/** Payment intents, charges and events, as they can be looked at. They are made by paying: see `checkout/` and `intents/`. */
import { noSuchObject } from '../api/apiFault.js';
import { lists, reads, sameText, writes, type Endpoint } from '../api/endpoint.js';
import { flag, id as idParam, list, mergeMetadata, metadata, params, text } from '../api/params.js';
import type { Kind, StoredCharge, StoredEvent } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';

const retrieve = (kind: Kind, noun: string, path: string): Endpoint =>
  reads(path, params({}), ({ reader }, { id }) => {
    const object = reader.get(kind, id);
    if (!object) throw noSuchObject(noun, id);
    return object;
  });

/** A name, or a name that ends in `.*` for all that begin alike. */
function isOfType(event: StoredEvent, type: string): boolean {
  return type.endsWith('.*') ? event.type.startsWith(type.slice(0, -1)) : event.type === type;
}

function noteOnCharge(turn: Turn, id: string, notes: Record<string, string> | null | undefined): StoredCharge {
  const before = turn.draft.get('charge', id);
  if (!before) throw noSuchObject('charge', id);
  const charge = turn.draft.put('charge', { ...before, metadata: mergeMetadata(before.metadata, notes) });
  emitEvent(turn, 'charge.updated', charge, before);
  return charge;
}

/** The API's rows for payment intents, charges and events. */
export const paymentEndpoints: readonly Endpoint[] = [
  lists('payment_intent', '/v1/payment_intents', { customer: sameText(idParam(), 'customer') }),
  retrieve('payment_intent', 'payment_intent', '/v1/payment_intents/:id'),
  lists('charge', '/v1/charges', {
    customer: sameText(idParam(), 'customer'),
    payment_intent: sameText(idParam(), 'payment_intent'),
  }),
  retrieve('charge', 'charge', '/v1/charges/:id'),
  writes('post', '/v1/charges/:id', params({ metadata: metadata().optional() }), (turn, { id, params: given }) => noteOnCharge(turn, id, given.metadata)),
  lists('event', '/v1/events', {
    delivery_success: { param: flag(), matches: (event, success: boolean) => (event.pending_webhooks === 0) === success },
    type: { param: text(), matches: isOfType },
    types: { param: list(text(), 20), matches: (event, types: string[]) => types.some((type) => isOfType(event, type)) },
  }),
  retrieve('event', 'event', '/v1/events/:id'),
];
