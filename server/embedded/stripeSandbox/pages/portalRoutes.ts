/** The customer portal's part of the pages. Whoever knows a session's id may use it while it lasts, as at Stripe. */
import express, { type Request, type Response, type Router } from 'express';
import { ApiFault } from '../api/apiFault.js';
import type { ApiHouse } from '../api/createApi.js';
import { productName } from '../subscriptions/items.js';
import { portalActs, type PortalActName } from '../portal/portalActs.js';
import type { StoredPortalSession, StoredSubscription } from '../store/kinds.js';
import { currentPeriod, hasEnded, payingCard } from '../subscriptions/keepSubscription.js';
import { previewInvoice } from '../subscriptions/previewInvoice.js';
import { beginTurn, type Turn, type TurnHouse } from '../turn.js';
import { frameOf, notice } from './frame.js';
import { portalPage, type Portal, type PortalPlan, type PortalSubscription } from './portalPage.js';
import { portalLanguages } from './portalWords.js';
import { fieldIn, idOf, protect } from './protect.js';

/** At most so many invoices are shown. */
const mostInvoices = 12;

/** What the portal needs from the sandbox around it. */
type PortalHouse = TurnHouse & Pick<ApiHouse, 'store' | 'wrote'>;

/** Adds the portal's page and its acts to the pages. */
export function addPortal(router: Router, house: PortalHouse): void {
  router.get('/p/:id', (request: Request, response: Response) => showPortal(house, request, response));
  const form = express.urlencoded({ extended: false, limit: '10kb', parameterLimit: 10 });
  for (const name of Object.keys(portalActs) as PortalActName[])
    router.post(`/p/:id/${name}`, form, (request: Request, response: Response) => takeAct(house, name, request, response));
}

async function showPortal(house: PortalHouse, request: Request, response: Response): Promise<void> {
  const asked = new URL(request.url, 'http://sandbox').searchParams.get('outcome');
  const outcome = asked === 'changed' || asked === 'declined' || asked === 'refused' ? asked : null;
  // A look that writes nothing: plans are previewed by making the change on a draft.
  const portal = await house.store.write((draft) => portalOf(beginTurn(house, draft), idOf(request), outcome));
  const frame = frameOf(request, response, portal?.session.locale ?? null);
  const words = portalLanguages[frame.language];
  protect(response, null);
  response.type('html');
  if (portal) response.send(portalPage(frame, portal));
  else response.status(404).send(notice(frame, { title: words.missingTitle, text: words.missingText }, null));
}

async function takeAct(house: PortalHouse, name: PortalActName, request: Request, response: Response): Promise<void> {
  const outcome = await perform(house, name, request);
  house.wrote();
  protect(response, null);
  response.redirect(303, `${request.baseUrl}/p/${idOf(request)}?outcome=${outcome}`);
}

async function perform(house: PortalHouse, name: PortalActName, request: Request): Promise<Portal['outcome']> {
  const fields = { card: fieldIn(request, 'card'), invoice: fieldIn(request, 'invoice'), price: fieldIn(request, 'price'), subscription: fieldIn(request, 'subscription') };
  try {
    const fault = await house.store.write((draft) => {
      const session = draft.get('billing_portal.session', idOf(request));
      return session && portalActs[name]({ ...beginTurn(house, draft), isPayerPresent: true }, session.customer, fields);
    });
    return fault ? 'declined' : 'changed';
  } catch (error) {
    if (error instanceof ApiFault) return error.status === 402 ? 'declined' : 'refused';
    throw error;
  }
}

function portalOf(turn: Turn, id: string, outcome: Portal['outcome']): Portal | undefined {
  const session = turn.draft.get('billing_portal.session', id);
  if (!session || !turn.draft.get('customer', session.customer)) return undefined;
  const where = { field: 'customer', value: session.customer } as const;
  const all = [...turn.draft.walk('subscription', { where })].filter((one) => !hasEnded(one));
  const only = session.flow?.subscription_cancel?.subscription ?? session.flow?.subscription_update?.subscription;
  const shown = all.filter((one) => only === undefined || one.id === only);
  const theirs = turn.draft.get('customer', session.customer)?.invoice_settings.default_payment_method;
  return {
    session,
    subscriptions: shown.map((one) => describe(turn, one, session)),
    card: (shown[0] && payingCard(turn, shown[0])) ?? turn.draft.get('payment_method', String(theirs ?? '')) ?? null,
    invoices: [...turn.draft.walk('invoice', { where })].filter(({ status }) => status !== 'draft').slice(0, mostInvoices),
    outcome,
  };
}

function describe(turn: Turn, subscription: StoredSubscription, session: StoredPortalSession): PortalSubscription {
  const [item] = subscription.items.data;
  return {
    subscription,
    name: item ? productName(turn, item.price) : '',
    periodEnd: currentPeriod(subscription).end,
    plans: subscription.status === 'incomplete' || subscription.status === 'paused' ? [] : plansFor(turn, subscription, session),
  };
}

/** Every other recurring price in the currency that is for sale, and that the session's configuration offers if it names one. */
function plansFor(turn: Turn, subscription: StoredSubscription, { configuration }: StoredPortalSession): PortalPlan[] {
  const offered = offeredPrices(turn, configuration);
  const [item] = subscription.items.data;
  const prices = [...turn.draft.walk('price', { where: { field: 'currency', value: subscription.currency } })];
  const others = prices.filter(({ id, active, type }) => active && type === 'recurring' && id !== item?.price.id && (!offered || offered.has(id)));
  return others.map((price) => {
    const change = { items: [{ id: item?.id ?? '', price: price.id }], proration_behavior: 'always_invoice' as const };
    const { amount_due: due, total } = previewInvoice(turn, { subscription: subscription.id, subscription_details: change });
    const isTrial = subscription.status === 'trialing';
    return { price, name: productName(turn, price), due: isTrial ? 0 : total < 0 ? total : due };
  });
}

/** The prices that a configuration offers; null where all are. */
function offeredPrices({ draft }: Turn, id: string): ReadonlySet<string> | null {
  const update = draft.get('billing_portal.configuration', id)?.features.subscription_update;
  return update ? new Set(update.enabled ? (update.products ?? []).flatMap(({ prices }) => prices) : []) : null;
}
