/** The page on which a session is paid. */
import type { StoredLineItem, StoredPaymentIntent, StoredSession, SubscriptionPlan } from '../store/kinds.js';
import { asksForCard } from '../checkout/subscribe.js';
import { formatAmount } from '../objects/formatAmount.js';
import { codeForm, type WrittenCode } from './codeForm.js';
import { endings, question } from './endings.js';
import { document, type Frame } from './frame.js';
import { html, type Html } from './html.js';
import { rhythmText, trialTerms, type TrialTerms } from './terms.js';
import { languages } from './words.js';

/** What the page shows. */
export interface Checkout {
  session: StoredSession;
  lines: readonly StoredLineItem[];
  /** What the subscription will be, in `subscription` mode. */
  plan: SubscriptionPlan | null;
  /** The last attempt, if there was one. */
  intent: StoredPaymentIntent | undefined;
  /** What stands in the e-mail field; `isFixed` when the session's creator has set it. */
  email: { value: string; isFixed: boolean; isWrong: boolean };
  code: WrittenCode;
  /** Seconds since the epoch. */
  now: number;
}

/** The page of an open session. */
export function checkoutPage(frame: Frame, checkout: Checkout): string {
  const words = languages[frame.language];
  const body = html`<main class="checkout">
<section class="summary" aria-labelledby="order">
${summary(frame, checkout)}
</section>
<section class="payment" aria-labelledby="pay">
<h2 id="pay">${words.payTitle}</h2>
${declined(frame, checkout.intent)}
${checkout.intent?.status === 'requires_action' ? question(frame, checkout.session) : html`${codeForm(frame, checkout)}
${form(frame, checkout)}`}
</section>
</main>`;
  return document(frame, words.pageTitle, body);
}

function summary({ language }: Frame, { session, lines, plan, now }: Checkout): Html {
  const words = languages[language];
  const trial = trialTerms(plan, lines, now, language);
  const currency = session.currency ?? '';
  const total = session.amount_total ?? 0;
  return html`<h1 id="order">${words.summary}</h1>
<p class="total"><span class="quiet">${words.amountDue}</span> <strong>${trial ? trial.free : total === 0 ? words.free : formatAmount(total, currency, language)}</strong>${trial && html` <span>${trial.after}</span>`}</p>
<ul class="lines">
${lines.map((line) => lineRow(line, language))}
${discountRow(language, session)}</ul>
<p class="quiet">${words.timeLeft(spanText(session.expires_at - now, language))}</p>`;
}

function lineRow(line: StoredLineItem, language: Frame['language']): Html {
  const words = languages[language];
  const count = line.quantity ?? 1;
  const each = formatAmount(line.price.unit_amount ?? 0, line.currency, language);
  return html`<li>
<span class="name">${line.description ?? words.unnamed}${count > 1 ? html` <span class="quiet">${words.quantity(count.toLocaleString(language), each)}</span>` : null}</span>
<span class="amount">${rhythmText((line.price.unit_amount ?? 0) * count, line.price, language)}</span>
</li>
`;
}

function discountRow(language: Frame['language'], { total_details: details, currency }: StoredSession): Html | null {
  const off = details?.amount_discount ?? 0;
  if (off === 0) return null;
  return html`<li><span class="name">${languages[language].discount}</span> <span class="amount">${formatAmount(-off, currency ?? '', language)}</span></li>
`;
}

function declined({ language }: Frame, intent: StoredPaymentIntent | undefined): Html | null {
  if (!intent?.last_payment_error) return null;
  const words = languages[language];
  const isUnproven = intent.last_payment_error.code === 'payment_intent_authentication_failure';
  return html`<div class="alert" role="alert"><strong>${isUnproven ? words.unprovenTitle : words.declinedTitle}</strong> ${words.declinedText}</div>`;
}

function form(frame: Frame, checkout: Checkout): Html {
  const { session } = checkout;
  const trial = trialTerms(checkout.plan, checkout.lines, checkout.now, frame.language);
  return html`<form method="post" action="${frame.base}/c/${session.id}/pay" novalidate>
${emailField(frame, checkout)}
${asksForCard(session) && cardField(frame)}
<button class="button primary" type="submit">${buttonText(frame, session, trial)}</button>
${endings(frame, session)}
</form>`;
}

function buttonText({ language }: Frame, { mode, amount_total: total, currency }: StoredSession, trial: TrialTerms | null): string {
  const words = languages[language];
  if (trial) return words.startTrial;
  if (!total) return words.freePay;
  const amount = formatAmount(total, currency ?? '', language);
  return mode === 'subscription' ? words.subscribe(amount) : words.pay(amount);
}

function emailField({ language }: Frame, { email }: Checkout): Html {
  const words = languages[language];
  const wrong = email.isWrong && html` aria-invalid="true" autofocus`;
  return html`<div class="field">
<label for="email">${words.email}</label>
<input id="email" name="email" type="email" autocomplete="email" maxlength="255" required aria-describedby="email-note" value="${email.value}"${email.isFixed && html` readonly`}${wrong}>
<p id="email-note" class="${email.isWrong ? 'wrong' : 'quiet'}">${email.isWrong ? words.emailInvalid : words.emailHint}</p>
</div>`;
}

function cardField({ language }: Frame): Html {
  const words = languages[language];
  return html`<div class="field">
<span class="label" id="card">${words.card}</span>
<div class="card" role="group" aria-labelledby="card" aria-describedby="card-note"><span class="brand">VISA</span> <span class="digits"><span aria-hidden="true">•••• •••• ••••</span> 4242</span> <span class="digits">12/99</span></div>
<p id="card-note" class="quiet">${words.cardNote}</p>
</div>`;
}

/** Whole minutes under two hours, else whole hours; never less than one minute. */
function spanText(seconds: number, language: Frame['language']): string {
  const minutes = Math.max(1, Math.floor(seconds / 60));
  const [value, unit] = minutes < 120 ? [minutes, 'minute'] : [Math.floor(minutes / 60), 'hour'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
