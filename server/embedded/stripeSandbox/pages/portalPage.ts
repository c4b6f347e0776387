/** The page on which customers manage what they have. */
import { formatAmount } from '../objects/formatAmount.js';
import type { StoredInvoice, StoredPaymentMethod, StoredPortalSession, StoredPrice, StoredSubscription } from '../store/kinds.js';
import { document, type Frame } from './frame.js';
import { html, type Html } from './html.js';
import { portalLanguages } from './portalWords.js';
import { rhythmText } from './terms.js';

/** A plan to which a subscription can be switched; `due` is to be paid at once, or below zero given as credit (minor units). */
export interface PortalPlan {
  price: StoredPrice;
  name: string;
  due: number;
}

/** A subscription with what can be done about it. */
export interface PortalSubscription {
  subscription: StoredSubscription;
  name: string;
  /** When its period ends, in seconds. */
  periodEnd: number;
  plans: readonly PortalPlan[];
}

/** What the page shows; a session that is for one thing leaves the rest out. */
export interface Portal {
  session: StoredPortalSession;
  subscriptions: readonly PortalSubscription[];
  card: StoredPaymentMethod | null;
  invoices: readonly StoredInvoice[];
  /** How the last act went, if there was one. */
  outcome: 'changed' | 'declined' | 'refused' | null;
}

/** The portal's page. */
export function portalPage(frame: Frame, portal: Portal): string {
  const words = portalLanguages[frame.language];
  const { session, outcome } = portal;
  const only = session.flow?.type;
  const body = html`<main class="portal">
<h1>${words.pageTitle}</h1>
${outcome && (outcome === 'changed' ? html`<p class="done" role="status">${words.changed}</p>` : html`<p class="alert" role="alert">${words[outcome]}</p>`)}
${only !== 'payment_method_update' && subscriptionsPart(frame, portal)}
${cardPart(frame, portal)}
${only === undefined && invoicesPart(frame, portal)}
${session.return_url !== null && html`<p><a class="button" href="${session.return_url}">${words.back}</a></p>`}
</main>`;
  return document(frame, words.pageTitle, body);
}

function subscriptionsPart(frame: Frame, { session, subscriptions }: Portal): Html {
  if (subscriptions.length === 0) return html`<p class="quiet">${portalLanguages[frame.language].subscriptionsNone}</p>`;
  return html`${subscriptions.map((one) => subscriptionPart(frame, session, one))}`;
}

function subscriptionPart(frame: Frame, session: StoredPortalSession, { subscription, name, periodEnd, plans }: PortalSubscription): Html {
  const words = portalLanguages[frame.language];
  const { id, items, status, cancel_at: cancelAt, trial_end: trialEnd } = subscription;
  const [item] = items.data;
  const end = dateText(cancelAt ?? (status === 'trialing' ? trialEnd : null) ?? periodEnd, frame);
  const next = cancelAt !== null ? words.endsOn(end) : status === 'trialing' ? words.trialUntil(end) : status === 'active' ? words.renewsOn(end) : null;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${name}</h2>
<p>${item !== undefined && rhythmText((item.price.unit_amount ?? 0) * (item.quantity ?? 1), item.price, frame.language)}</p>
<p class="${status === 'past_due' || status === 'unpaid' ? 'wrong' : 'quiet'}">${word(words.status, status)}${next && ` · ${next}`}</p>
${cancelAt === null ? cancelForm(frame, session, id, end) : act(frame, session, 'keep', { subscription: id }, words.keep)}
${session.flow?.type !== 'subscription_cancel' && plansPart(frame, session, id, plans)}
</section>`;
}

/** Asks once, without a script. */
function cancelForm(frame: Frame, session: StoredPortalSession, subscription: string, end: string): Html {
  const words = portalLanguages[frame.language];
  return html`<details><summary class="button">${words.cancel}</summary>
<p>${words.cancelText(end)}</p>
${act(frame, session, 'cancel', { subscription }, words.cancelConfirm)}
</details>`;
}

function plansPart(frame: Frame, session: StoredPortalSession, subscription: string, plans: readonly PortalPlan[]): Html | null {
  if (plans.length === 0) return null;
  const words = portalLanguages[frame.language];
  return html`<h3>${words.plans}</h3>
<ul class="lines">
${plans.map(({ price, name, due }) => {
  const amount = formatAmount(Math.abs(due), price.currency, frame.language);
  const plan = rhythmText(price.unit_amount ?? 0, price, frame.language);
  return html`<li><span class="name">${name} <span class="quiet">${plan} · ${due < 0 ? words.credit(amount) : words.dueNow(amount)}</span></span>
${act(frame, session, 'switch', { subscription, price: price.id }, words.switchTo(name), `${words.switchTo(name)}, ${plan}`)}</li>
`;
})}</ul>`;
}

function cardPart(frame: Frame, { session, card }: Portal): Html {
  const words = portalLanguages[frame.language];
  return html`<section aria-labelledby="card">
<h2 id="card">${words.card}</h2>
${card?.card ? html`<p class="card"><span class="brand">${card.card.brand.toUpperCase()}</span> <span class="digits">•••• ${card.card.last4}</span></p>` : html`<p>${words.cardNone}</p>`}
<div class="others">
<p class="quiet">${words.cardNote}</p>
${act(frame, session, 'card', { card: 'works' }, words.cardGood)}
${act(frame, session, 'card', { card: 'asks' }, words.cardAsks)}
${act(frame, session, 'card', { card: 'fails' }, words.cardBad)}
</div>
</section>`;
}

function invoicesPart(frame: Frame, { session, invoices }: Portal): Html {
  const words = portalLanguages[frame.language];
  const rows = invoices.map(({ id, created, number, total, amount_due: due, currency, status }) => html`<li>
<span class="name">${dateText(created, frame)} <span class="quiet">${number ?? ''} · ${word(words.invoiceStatus, status ?? 'draft')}</span></span>
${status === 'open' ? act(frame, session, 'pay', { invoice: id }, words.pay(formatAmount(due, currency, frame.language))) : html`<span class="amount">${formatAmount(total, currency, frame.language)}</span>`}
</li>
`);
  return html`<section aria-labelledby="invoices">
<h2 id="invoices">${words.invoices}</h2>
${rows.length > 0 ? html`<ul class="lines">${rows}</ul>` : html`<p class="quiet">${words.invoicesNone}</p>`}
</section>`;
}

/** A button that does one thing. */
function act(frame: Frame, { id }: StoredPortalSession, name: string, fields: { [field: string]: string }, label: string, fullLabel?: string): Html {
  return html`<form method="post" action="${frame.base}/p/${id}/${name}">
${Object.entries(fields).map(([field, value]) => html`<input type="hidden" name="${field}" value="${value}">`)}
<button class="button" type="submit"${fullLabel !== undefined && html` aria-label="${fullLabel}"`}>${label}</button>
</form>`;
}

function dateText(second: number, { language }: Frame): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(second * 1000);
}

/** The word for a state that Stripe may add to. */
const word = (words: { readonly [state: string]: string }, state: string): string => words[state] ?? state;
