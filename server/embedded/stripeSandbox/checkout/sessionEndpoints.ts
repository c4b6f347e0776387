/** The API's rows for checkout sessions: https://docs.stripe.com/api/checkout/sessions */
import { pageOfLines } from '../api/answerList.js';
import { noSuchObject } from '../api/apiFault.js';
import { lists, reads, sameText, writes, type Endpoint } from '../api/endpoint.js';
import { id as idParam, integer, listShape, mergeMetadata, oneOf, params } from '../api/params.js';
import { createSession } from './createSession.js';
import { expireSession } from './expireSession.js';
import { newSessionParams, sessionChangeParams } from './sessionParams.js';

const path = '/v1/checkout/sessions';

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
  reads(`${path}/:id/line_items`, params({ ...listShape, limit: integer(1, 100).default(10) }), ({ reader }, { id, params: given }) => {
    const lines = reader.get('checkout_plan', id)?.lines;
    if (!lines) throw noSuchObject('checkout.session', id);
    return pageOfLines(`${path}/${id}/line_items`, lines, given);
  }),
];
