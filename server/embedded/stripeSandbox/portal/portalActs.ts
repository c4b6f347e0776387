/** What customers do by themselves on the portal's page; each act is judged to be about something of their own. */
import { cardDeclined, noSuchReference, type ApiFault } from '../api/apiFault.js';
import { attachCard } from '../cards/paymentMethods.js';
import { makeCard, type TestCardName } from '../cards/testCards.js';
import { inTimeOf } from '../clocks/clockTime.js';
import { payNow } from '../invoices/invoiceEndpoints.js';
import { changeCustomer } from '../objects/customers.js';
import type { StoredSubscription } from '../store/kinds.js';
import { updateSubscription } from '../subscriptions/updateSubscription.js';
import { hasEnded } from '../subscriptions/keepSubscription.js';
import type { Turn } from '../turn.js';

/** What was written into the page's form; a field that was not is empty. */
export interface PortalForm {
  card: string;
  invoice: string;
  price: string;
  subscription: string;
}

/** An act: `customer` does something with what the form names. What it returns refuses, but what was done stays. */
export type PortalAct = (turn: Turn, customer: string, form: PortalForm) => ApiFault | undefined;

/** The made-up cards beside the one that works, as the page's form calls them. */
const cards: ReadonlyMap<string, TestCardName> = new Map([['asks', 'pm_card_authenticationRequired'], ['fails', 'pm_card_chargeCustomerFail']]);

/** Each act under the name that its form posts to. */
export const portalActs = {
  cancel: (turn, customer, { subscription }) => void updateSubscription(turn, theirs(turn, customer, subscription).id, { cancel_at_period_end: true }),
  card: (turn, customer, { card }) => changeCard(turn, customer, cards.get(card) ?? 'pm_card_visa'),
  keep: (turn, customer, { subscription }) => void updateSubscription(turn, theirs(turn, customer, subscription).id, { cancel_at_period_end: false }),
  pay: payInvoiceOf,
  switch: (turn, customer, { subscription, price }) => {
    const { id, items } = theirs(turn, customer, subscription);
    const [item] = items.data;
    updateSubscription(turn, id, { items: [{ id: item?.id ?? '', price }], payment_behavior: 'error_if_incomplete', proration_behavior: 'always_invoice' });
  },
} as const satisfies { readonly [name: string]: PortalAct };

/** The name of an act. */
export type PortalActName = keyof typeof portalActs;

function theirs({ draft }: Turn, customer: string, id: string): StoredSubscription {
  const subscription = draft.get('subscription', id);
  if (subscription?.customer !== customer) throw noSuchReference('subscription', id, 'subscription');
  return subscription;
}

/** The new card pays for everything that the customer has, from now on. */
function changeCard(turn: Turn, customerId: string, name: TestCardName): undefined {
  const time = inTimeOf(turn, customerId);
  const customer = turn.draft.get('customer', customerId);
  if (!customer) throw noSuchReference('customer', customerId, 'customer');
  const card = attachCard(time, makeCard(time, name, customer.email), customerId);
  changeCustomer(time, customerId, { invoice_settings: { ...customer.invoice_settings, default_payment_method: card.id } });
  for (const one of turn.draft.walk('subscription', { where: { field: 'customer', value: customerId } }))
    if (one.default_payment_method !== null && !hasEnded(one)) updateSubscription(turn, one.id, { default_payment_method: card.id });
}

function payInvoiceOf(turn: Turn, customer: string, { invoice: id }: PortalForm): ApiFault | undefined {
  if (turn.draft.get('invoice', id)?.customer !== customer) throw noSuchReference('invoice', id, 'invoice');
  return payNow(turn, id).status === 'paid' ? undefined : cardDeclined();
}
