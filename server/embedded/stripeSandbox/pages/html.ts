/** HTML in which every value is escaped unless it is HTML itself. */

/** A piece of HTML that is safe to put into a page. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template; nothing is shown for `null` and `false`. */
export type Fragment = Html | string | number | null | false | readonly Fragment[];

const entities: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A template that escapes: html`<p>${anything}</p>`. */
export function html(parts: TemplateStringsArray, ...values: Fragment[]): Html {
  return new Html(parts.reduce((text, part, position) => text + render(values[position - 1] ?? null) + part));
}

function render(value: Fragment): string {
  if (value === null || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? '');
  return value.map(render).join('');
}
