/** The part of the payment page where a promotion code is written. */
import type { StoredSession } from '../store/kinds.js';
import type { Frame } from './frame.js';
import { html, type Html } from './html.js';
import { languages } from './words.js';

/** Which code is in use, if any; and what was written that could not be used. */
export interface WrittenCode {
  used: string | null;
  wrong: string | null;
}

/** A form of its own: whoever writes a code has not paid yet. */
export function codeForm({ base, language }: Frame, { session, code }: { session: StoredSession; code: WrittenCode }): Html | null {
  if (!session.allow_promotion_codes) return null;
  const words = languages[language];
  const action = `${base}/c/${session.id}/code`;
  if (code.used !== null)
    return html`<form class="code" method="post" action="${action}">
<p>${words.code}: <strong>${code.used}</strong></p>
<button class="button" type="submit" name="code" value="">${words.codeRemove}</button>
</form>`;
  return html`<form class="code field" method="post" action="${action}">
<label for="code">${words.code}</label>
<div class="beside"><input id="code" name="code" type="text" autocomplete="off" autocapitalize="characters" maxlength="100" value="${code.wrong ?? ''}"${code.wrong !== null && html` aria-invalid="true" aria-describedby="code-note" autofocus`}>
<button class="button" type="submit">${words.codeApply}</button></div>
${code.wrong !== null && html`<p id="code-note" class="wrong">${words.codeWrong}</p>`}
</form>`;
}
