/** The console's clocks. */
import { document, type Frame } from '../frame.js';
import { html, type Html } from '../html.js';
import { consoleLanguages } from './consoleWords.js';
import type { Console } from './readConsole.js';

const hour = 3_600_000;

/** By how much a clock can be set forward, in milliseconds. */
export const steps = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour, year: 365 * 24 * hour } as const;
/** The name of a step. */
export type Step = keyof typeof steps;
/** Longer steps pass two billing periods of a month, which a test clock refuses. */
const testClockSteps = ['day', 'week', 'month'] as const satisfies readonly Step[];

/** Whether a text is the name of a step. */
export const isStep = (name: string): name is Step => Object.hasOwn(steps, name);

/** The sandbox's own clock, with what setting it forward means. */
export function clockPart(frame: Frame, { now, aheadMs }: Console): Html {
  const { clock } = consoleLanguages[frame.language];
  return html`<section id="time" aria-labelledby="time-title">
<h2 id="time-title">${clock.title}</h2>
<p><span class="quiet">${clock.now}</span><br><strong class="moment">${momentText(now, frame)}</strong></p>
<p>${aheadMs > 0 ? clock.ahead(spanText(aheadMs, frame)) : clock.onTime}</p>
<details><summary class="button">${clock.open}</summary>
<p>${clock.what}</p>
<p class="alert">${clock.not}</p>
<form class="choices" method="post" action="${frame.base}/console/clock">
${Object.entries(clock.steps).map(([step, label]) => html`<button class="button" type="submit" name="step" value="${step}">${label}</button>
`)}</form>
</details>
</section>`;
}

/** Each customer's own clocks. */
export function testClocksPart(frame: Frame, { testClocks }: Console): Html {
  const { testClocks: words, clock } = consoleLanguages[frame.language];
  const rows = testClocks.map(({ id, name, frozen_time: second }) => html`<li>
<span class="name">${name ?? words.unnamed} <span class="quiet">${id}</span> <span class="moment">${momentText(second * 1000, frame)}</span></span>
<form class="choices" method="post" action="${frame.base}/console/test-clock">
<input type="hidden" name="clock" value="${id}">
${testClockSteps.map((step) => html`<button class="button" type="submit" name="step" value="${step}">${words.by(clock.steps[step])}</button>
`)}</form></li>
`);
  return html`<section id="test-clocks" aria-labelledby="test-clocks-title">
<h2 id="test-clocks-title">${words.title}</h2>
${rows.length === 0 ? html`<p class="quiet">${words.none}</p>` : html`<p class="quiet">${words.what}</p>
<ul class="lines">${rows}</ul>`}
</section>`;
}

/** A moment (milliseconds) to the second. */
export function momentText(ms: number, { language }: Frame): string {
  return `${new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' }).format(ms)} UTC`;
}

/** A span in whole days, or in hours below a day. */
function spanText(ms: number, { language }: Frame): string {
  const days = Math.floor(ms / steps.day);
  const [value, unit] = days > 0 ? [days, 'day'] : [Math.round(ms / hour), 'hour'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** The whole page around its parts. */
export const consoleDocument = (frame: Frame, body: Html): string => document(frame, consoleLanguages[frame.language].title, body);
