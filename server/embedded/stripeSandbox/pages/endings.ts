/** How a payment can end otherwise, so that a shop can see how it takes it. */
import { outcomesOf, type OutcomeName } from '../checkout/outcomes.js';
import type { StoredSession } from '../store/kinds.js';
import type { Frame } from './frame.js';
import { html, type Html } from './html.js';
import { languages } from './words.js';

/** What shows itself only when the payment has gone through. */
const afterwards: readonly OutcomeName[] = ['dispute', 'refund-waits', 'refund-fails'];

/** The buttons for every ending but the plain one, within the payment's form. */
export function endings(frame: Frame, session: StoredSession): Html | null {
  const words = languages[frame.language];
  const rest = outcomesOf(session).filter((name) => name !== 'pay');
  const now = rest.filter((name) => !afterwards.includes(name));
  const later = rest.filter((name) => afterwards.includes(name));
  if (now.length === 0 && session.cancel_url === null) return null;
  return html`<div class="others" role="group" aria-labelledby="others">
<p class="quiet" id="others">${words.otherEndings}</p>
${now.map((name) => button(frame, session, name))}
${session.cancel_url ? html`<a class="button" href="${session.cancel_url}">${words.abandon}</a>` : null}
</div>
${later.length > 0 && html`<div class="others" role="group" aria-labelledby="afterwards">
<p class="quiet" id="afterwards">${words.afterwards}</p>
${later.map((name) => button(frame, session, name))}
</div>`}`;
}

function button({ base, language }: Frame, { id }: StoredSession, name: OutcomeName): Html {
  return html`<button class="button" type="submit" formaction="${base}/c/${id}/${name}">${languages[language].outcomes[name]}</button>
`;
}

/** The bank's question, in place of the form. */
export function question({ base, language }: Frame, { id }: StoredSession): Html {
  const words = languages[language];
  const page = `${base}/c/${id}`;
  return html`<form method="post" action="${page}/prove">
<h3>${words.proofTitle}</h3>
<p>${words.proofText}</p>
<button class="button primary" type="submit">${words.prove}</button>
<button class="button" type="submit" formaction="${page}/fail">${words.proofFails}</button>
</form>`;
}
