/** Finds links and code in a message's text. Pure: what it answers is text and addresses, never markup. */

export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'code'; text: string }
  | { kind: 'block'; text: string; language: string };

const fence = /^```([\w+#.-]*)[ \t]*\n([\s\S]*?)(?:\n)?^```[ \t]*$\n?/gm;
const inline = /`([^`\n]+)`|(https?:\/\/[^\s<>"'`，。！？；：、（）《》「」“”]+)/gi;
const trailing = /[.,!?;:*_~]+$/;

/** Punctuation after an address belongs to the sentence; a closing bracket does too, unless it was opened inside. */
function trimLink(found: string): string {
  let link = found.replace(trailing, '');
  while (link.endsWith(')') && link.split('(').length < link.split(')').length) link = link.slice(0, -1).replace(trailing, '');
  return link;
}

function parseInline(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const say = (to: number): void => {
    if (to > from) pieces.push({ kind: 'text', text: text.slice(from, to) });
  };
  for (const match of text.matchAll(inline)) {
    const [whole, code, address] = match;
    const link = address === undefined ? '' : trimLink(address);
    if (code === undefined && !URL.canParse(link)) continue;
    say(match.index);
    if (code !== undefined) pieces.push({ kind: 'code', text: code });
    else pieces.push({ kind: 'link', text: link, href: new URL(link).href });
    from = match.index + (code === undefined ? link.length : whole.length);
  }
  say(text.length);
  return pieces;
}

/** Splits a message's text into plain text, links (http and https only), `code` and fenced blocks of code, in order. */
export function parseText(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(fence)) {
    const before = text.slice(from, match.index).replace(/\n$/, '');
    pieces.push(...parseInline(before), { kind: 'block', language: match[1] ?? '', text: match[2] ?? '' });
    from = match.index + match[0].length;
  }
  pieces.push(...parseInline(text.slice(from)));
  return pieces;
}
