/** The API's rows for subscriptions: https://docs.stripe.com/api/subscriptions */
import { noSuchObject } from '../api/apiFault.js';
import { lists, reads, sameText, writes, type Endpoint } from '../api/endpoint.js';
import { id as idParam, oneOf, params } from '../api/params.js';
import type { StoredSubscription } from '../store/kinds.js';
import { createSubscription } from './createSubscription.js';
import { cancelSubscription } from './endSubscription.js';
import { hasEnded } from './keepSubscription.js';
import { resumeSubscription } from './resumeSubscription.js';
import { settleInvoice } from './settleInvoice.js';
import { cancelParams, newSubscriptionParams, resumeParams, subscriptionChangeParams } from './subscriptionParams.js';
import { updateSubscription } from './updateSubscription.js';

const path = '/v1/subscriptions';
/** Without a word about the status, a list leaves out those that were canceled. */
const status = oneOf(
  'active', 'all', 'canceled', 'ended', 'incomplete', 'incomplete_expired', 'not_canceled', 'past_due', 'paused', 'trialing', 'unpaid',
).default('not_canceled');

function isOfStatus(subscription: StoredSubscription, wanted: string): boolean {
  if (wanted === 'all') return true;
  if (wanted === 'ended') return hasEnded(subscription);
  return wanted === 'not_canceled' ? subscription.status !== 'canceled' : subscription.status === wanted;
}

/** The API's rows for subscriptions. */
export const subscriptionEndpoints: readonly Endpoint[] = [
  writes('post', path, newSubscriptionParams, (turn, { params: given }) => createSubscription(turn, given)),
  lists('subscription', path, {
    customer: sameText(idParam(), 'customer'),
    price: { param: idParam(), matches: ({ items }, price: string) => items.data.some((item) => item.price.id === price) },
    status: { param: status, matches: isOfStatus },
    test_clock: { param: idParam(), matches: ({ test_clock: clock }, wanted: string) => clock === wanted },
  }),
  reads(`${path}/:id`, params({}), ({ reader }, { id }) => {
    const subscription = reader.get('subscription', id);
    if (!subscription) throw noSuchObject('subscription', id);
    return subscription;
  }),
  writes('post', `${path}/:id`, subscriptionChangeParams, (turn, { id, params: given }) => updateSubscription(turn, id, given)),
  writes('delete', `${path}/:id`, cancelParams, (turn, { id, params: given }) => {
    const { ended, invoice } = cancelSubscription(turn, id, given);
    if (invoice) settleInvoice(turn, invoice);
    return ended;
  }),
  writes('post', `${path}/:id/resume`, resumeParams, (turn, { id }) => resumeSubscription(turn, id)),
];
