/** The console's list of events: what was told, how that went, and a button to tell it again. */
import type { Attempt } from '../../store/kinds.js';
import type { Frame } from '../frame.js';
import { html, type Html } from '../html.js';
import { consoleLanguages } from './consoleWords.js';
import type { Console, ToldEvent } from './readConsole.js';
import { momentText } from './timePart.js';

/** Newest first, a page at a time. */
export function eventsPart(frame: Frame, { events, isOlder, olderThan }: Console): Html {
  const words = consoleLanguages[frame.language].events;
  return html`<section id="events" aria-labelledby="events-title">
<h2 id="events-title">${words.title}</h2>
${events.length === 0 ? html`<p class="quiet">${words.none}</p>` : html`<ol class="lines events">${events.map((one) => eventRow(frame, one))}</ol>`}
${(isOlder || olderThan !== null) && html`<p class="choices">
${isOlder && html`<a class="button" href="${frame.base}/console#events">${words.newest}</a>`}
${olderThan !== null && html`<a class="button" href="${frame.base}/console?before=${olderThan}#events">${words.older}</a>`}
</p>`}
</section>`;
}

function eventRow(frame: Frame, { event, attempts, nextAt }: ToldEvent): Html {
  const words = consoleLanguages[frame.language].events;
  const isDelivered = event.pending_webhooks === 0;
  const fate = isDelivered ? words.delivered : nextAt === null ? words.given : words.waiting(momentText(nextAt, frame));
  return html`<li id="${event.id}">
<div class="told"><code>${event.type}</code> <span class="${isDelivered ? 'good' : nextAt === null ? 'wrong' : 'waiting'}">${fate}</span>
<span class="quiet">${momentText(event.created * 1000, frame)} · ${subjectOf(event.data.object)}</span></div>
<details><summary>${words.attempts} (${attempts.length})</summary>
${attempts.length === 0 ? html`<p class="quiet">${words.noAttempts}</p>` : html`<ul>${attempts.map((attempt) => html`<li>${attemptText(frame, attempt)}</li>`)}</ul>`}
</details>
<form method="post" action="${frame.base}/console/replay"><input type="hidden" name="event" value="${event.id}">
<button class="button" type="submit" aria-label="${words.replayName(event.type)}">${words.replay}</button></form>
</li>
`;
}

function attemptText(frame: Frame, { at, how, status }: Attempt): string {
  const words = consoleLanguages[frame.language].events;
  const answer = how === 'dropped' ? '' : ` · ${status === null ? words.noAnswer : words.answer(status)}`;
  return `${momentText(at, frame)} · ${words.hows[how]}${answer}`;
}

const subjectOf = (object: object): string => ('id' in object && typeof object.id === 'string' ? object.id : '');
