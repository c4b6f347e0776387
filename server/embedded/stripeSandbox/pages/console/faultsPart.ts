/** The console's switches for what goes wrong. */
import { noFaults, type FaultPlan } from '../../faults/faults.js';
import type { Frame } from '../frame.js';
import { html, type Html } from '../html.js';
import { consoleLanguages } from './consoleWords.js';

const switches = ['duplicate', 'reverse', 'loseAnswers', 'drop'] as const;
const counts = ['declinePayments', 'askReceivers', 'breakAnswers'] as const;
const delaysMinutes = [0, 1, 10, 60] as const;
const minute = 60_000;
/** More than this at once helps nobody. */
const mostAtOnce = 99;

/** The switches as they stand, and a button that puts all back. */
export function faultsPart({ base, language }: Frame, plan: Readonly<FaultPlan>): Html {
  const words = consoleLanguages[language].faults;
  const isFine = JSON.stringify(plan) === JSON.stringify(noFaults);
  return html`<section id="faults" aria-labelledby="faults-title">
<h2 id="faults-title">${words.title}</h2>
<p class="quiet">${words.intro}</p>
<p class="${isFine ? 'good' : 'wrong'}">${isFine ? words.isFine : words.isWrong}</p>
<form method="post" action="${base}/console/faults">
<fieldset><legend>${words.webhooks}</legend>
${switches.map((name) => html`<label class="switch"><input type="checkbox" name="${name}" value="on"${plan[name] && html` checked`}> <span>${words[name]}</span></label>
`)}<div class="field"><label for="delay">${words.delay}</label>
<select id="delay" name="delayMinutes">${delaysMinutes.map((minutes) => html`<option value="${minutes}"${plan.delayMs === minutes * minute && html` selected`}>${words.delays(minutes)}</option>`)}</select></div>
</fieldset>
<fieldset><legend>${words.payments}</legend>
${counts.map((name) => html`<div class="field"><label for="${name}">${words[name]}</label>
<input id="${name}" name="${name}" type="number" inputmode="numeric" min="0" max="${mostAtOnce}" value="${plan[name]}"></div>
`)}</fieldset>
<div class="choices"><button class="button primary" type="submit">${words.apply}</button>
${!isFine && html`<button class="button" type="submit" formaction="${base}/console/mend">${words.mend}</button>`}</div>
</form>
</section>`;
}

/** What the form says; a number that is none is 0. */
export function readFaults(field: (name: string) => string): FaultPlan {
  const number = (name: string): number => (/^\d{1,2}$/.test(field(name)) ? Number(field(name)) : 0);
  const isOn = (name: (typeof switches)[number]): boolean => field(name) === 'on';
  return {
    duplicate: isOn('duplicate'),
    reverse: isOn('reverse'),
    drop: isOn('drop'),
    loseAnswers: isOn('loseAnswers'),
    delayMs: number('delayMinutes') * minute,
    declinePayments: number('declinePayments'),
    askReceivers: number('askReceivers'),
    breakAnswers: number('breakAnswers'),
  };
}
