/** Sessions of the customer portal: https://docs.stripe.com/api/customer_portal/sessions */
import { z } from 'zod';
import { badRequest, noSuchReference } from '../api/apiFault.js';
import { writes, type Endpoint } from '../api/endpoint.js';
import { address, id as idParam, oneOf, params } from '../api/params.js';
import { locales } from '../checkout/sessionParams.js';
import type { StoredPortalSession } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';

/** How long whoever knows a session's address may use it, in milliseconds. */
const sessionLifeMs = 60 * 60 * 1000;
/** What a session offers that names no configuration: everything that the portal can do, and every recurring price. */
const everything = 'bpc_sandbox';

const ofSubscription = z.strictObject({ subscription: idParam() });

const portalSessionParams = params({
  configuration: idParam().optional(),
  customer: idParam(),
  flow_data: z
    .strictObject({
      subscription_cancel: ofSubscription.optional(),
      subscription_update: ofSubscription.optional(),
      type: oneOf('payment_method_update', 'subscription_cancel', 'subscription_update'),
    })
    .optional(),
  locale: oneOf(...locales).optional(),
  return_url: address().optional(),
});
type NewPortalSession = z.infer<typeof portalSessionParams>;

function createPortalSession(turn: Turn, given: NewPortalSession): StoredPortalSession {
  if (!turn.draft.get('customer', given.customer)) throw noSuchReference('customer', given.customer, 'customer');
  const { configuration = everything } = given;
  if (configuration !== everything && !turn.draft.get('billing_portal.configuration', configuration)) throw noSuchReference('configuration', configuration, 'configuration');
  const session = turn.draft.put('billing_portal.session', {
    id: newId('bps_'),
    object: 'billing_portal.session',
    after_expiration: null,
    configuration,
    created: turn.sandboxNow,
    customer: given.customer,
    customer_account: null,
    flow: flowOf(turn, given),
    livemode: false,
    locale: given.locale ?? null,
    on_behalf_of: null,
    return_url: given.return_url ?? null,
    url: '',
  });
  turn.draft.schedule({ lane: 'forget_portal_session', at: turn.sandboxNow * 1000 + sessionLifeMs, id: session.id, attempt: 0 });
  emitEvent(turn, 'billing_portal.session.created', session);
  return session;
}

/** The one thing that the session is for, if it is for one. */
function flowOf({ draft }: Turn, { customer, flow_data: flow }: NewPortalSession): StoredPortalSession['flow'] {
  if (!flow) return null;
  const { type, subscription_cancel: cancel, subscription_update: update } = flow;
  const named = type === 'subscription_cancel' ? cancel : type === 'subscription_update' ? update : undefined;
  if (type !== 'payment_method_update') {
    const param = `flow_data[${type}][subscription]`;
    if (!named) throw badRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
    if (draft.get('subscription', named.subscription)?.customer !== customer) throw noSuchReference('subscription', named.subscription, param);
  }
  return {
    after_completion: { hosted_confirmation: null, redirect: null, type: 'portal_homepage' },
    customer_update: null,
    subscription_cancel: type === 'subscription_cancel' && named ? { retention: null, subscription: named.subscription } : null,
    subscription_pause: null,
    subscription_update: type === 'subscription_update' && named ? { subscription: named.subscription } : null,
    subscription_update_confirm: null,
    type,
  };
}

/** The API's rows for the customer portal. */
export const portalSessionEndpoints: readonly Endpoint[] = [
  writes('post', '/v1/billing_portal/sessions', portalSessionParams, (turn, { params: given }) => createPortalSession(turn, given)),
];
