/** What may stand after the sign that is being written: names after `@`, emoji after `:`. Pure. */

/** What is being written, and where it stands in the text. */
export interface Token {
  sign: '@' | ':';
  /** What follows the sign, up to the caret. */
  query: string;
  start: number;
  end: number;
}

/** Longer than any name; what is longer is a sentence. */
const queryMax = 40;

/** A name may have blanks in it; an emoji's has none, and needs two letters, for `: ` and `:)` are common. */
const before = /(?:^|[^\w@:])([@:])([^@:\n]*)$/u;

/** The token the caret stands in; null where there is none. */
export function tokenAt(text: string, caret: number): Token | null {
  const match = before.exec(text.slice(0, caret));
  if (match === null) return null;
  const [, sign, query = ''] = match;
  const start = caret - query.length - 1;
  if (query.length > queryMax || query.startsWith(' ')) return null;
  if (sign === '@') return { sign, query, start, end: caret };
  return /^[\p{L}\p{N}_+-]{2,}$/u.test(query) ? { sign: ':', query, start, end: caret } : null;
}

export interface Candidate {
  /** Unlike that of every other candidate. */
  key: string;
  /** What is shown, and what is searched. */
  label: string;
  /** What is searched besides. */
  alias?: string;
  /** What takes the token's place. */
  insert: string;
  /** What stands before the label: an emoji, or nothing. */
  mark?: string;
}

/** At the beginning of the label 0, of a word in it 1, within it 2; nowhere -1. */
function rank(candidate: Candidate, wanted: string): number {
  const texts = [candidate.label, candidate.alias ?? ''].map((text) => text.toLocaleLowerCase());
  if (texts.some((text) => text.startsWith(wanted))) return 0;
  if (texts.some((text) => text.split(/[\s_-]+/u).some((word) => word.startsWith(wanted)))) return 1;
  return texts.some((text) => text.includes(wanted)) ? 2 : -1;
}

/** Those that fit what is being written, the best first, at most `max`. */
export function fitting(candidates: readonly Candidate[], query: string, max: number): Candidate[] {
  const wanted = query.toLocaleLowerCase();
  const ranked = candidates.map((candidate, index) => ({ candidate, index, rank: rank(candidate, wanted) }));
  return ranked.filter((one) => one.rank >= 0).toSorted((a, b) => a.rank - b.rank || a.index - b.index).slice(0, max).map(({ candidate }) => candidate);
}

/** The text with the candidate in the token's place, and where the caret stands then. */
export function complete(text: string, token: Token, candidate: Candidate): { text: string; caret: number } {
  const after = text.slice(token.end);
  const put = candidate.insert + (/^\s/u.test(after) ? '' : ' ');
  return { text: text.slice(0, token.start) + put + after, caret: token.start + put.length + (put.endsWith(' ') ? 0 : 1) };
}
