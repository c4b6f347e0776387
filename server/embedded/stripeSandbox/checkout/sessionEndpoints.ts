/** The API's rows for checkout sessions: https://docs.stripe.com/api/checkout/sessions */
import { wholeList } from '../api/answerList.js';
import { noSuchObject, noSuchReference } from '../api/apiFault.js';
import { lists, reads, sameText, writes, type Endpoint } from '../api/endpoint.js';
import { id as idParam, integer, listShape, mergeMetadata, oneOf, params } from '../api/params.js';
import type { StoredLineItem } from '../store/kinds.js';
import type { Look } from '../turn.js';
import { createSession } from './createSession.js';
import { expireSession } from './expireSession.js';
import { newSessionParams, sessionChangeParams } from './sessionParams.js';

const path = '/v1/checkout/sessions';

interface LineRequest {
  limit: number;
  starting_after?: string;
  ending_before?: string;
}

function listLines({ reader }: Look, id: string, { limit, starting_after: after, ending_before: before }: LineRequest): object {
  const lines = reader.get('checkout_plan', id)?.lines;
  if (!lines) throw noSuchObject('checkout.session', id);
  const first = after === undefined ? 0 : placeOf(lines, after, 'starting_after') + 1;
  const end = before === undefined ? lines.length : placeOf(lines, before, 'ending_before');
  const start = before === undefined ? first : Math.max(first, end - limit);
  const data = lines.slice(start, Math.min(end, start + limit));
  const hasMore = before === undefined ? start + limit < end : start > first;
  return { ...wholeList(`${path}/${id}/line_items`, data), has_more: hasMore };
}

function placeOf(lines: StoredLineItem[], id: string, param: string): number {
  const place = lines.findIndex((line) => line.id === id);
  if (place < 0) throw noSuchReference('item', id, param);
  return place;
}

/** The API's rows for checkout sessions. */
export const sessionEndpoints: readonly Endpoint[] = [
  writes('post', path, newSessionParams, (turn, { params: given }) => createSession(turn, given)),
  lists('checkout.session', path, {
    customer: sameText(idParam(), 'customer'),
    payment_intent: sameText(idParam(), 'payment_intent'),
    status: sameText(oneOf('open', 'complete', 'expired'), 'status'),
  }),
  reads(`${path}/:id`, params({}), ({ reader }, { id }) => {
    const session = reader.get('checkout.session', id);
    if (!session) throw noSuchObject('checkout.session', id);
    return session;
  }),
  writes('post', `${path}/:id`, sessionChangeParams, (turn, { id, params: { metadata: change } }) => {
    const session = turn.draft.get('checkout.session', id);
    if (!session) throw noSuchObject('checkout.session', id);
    return turn.draft.put('checkout.session', { ...session, metadata: mergeMetadata(session.metadata ?? {}, change) });
  }),
  writes('post', `${path}/:id/expire`, params({}), (turn, { id }) => expireSession(turn, id)),
  reads(`${path}/:id/line_items`, params({ ...listShape, limit: integer(1, 100).default(10) }), (look, { id, params: given }) =>
    listLines(look, id, given),
  ),
];
