/**
 * How much two questions ask the same, by the pieces of words they share: the Sørensen–Dice coefficient over trigrams of
 * words, and over pairs of neighbouring characters where words are not set apart (Han, kana, Hangul). It needs no word list,
 * forgives endings and slips of the hand, and is cheap enough for each keystroke.
 */

/** Words so frequent that sharing them says nothing. */
const empty = new Set(['a', 'an', 'and', 'are', 'be', 'can', 'could', 'do', 'does', 'for', 'how', 'i', 'in', 'is', 'it', 'of', 'on', 'or', 'should', 'that', 'the', 'there', 'this', 'to', 'we', 'what', 'when', 'where', 'which', 'why', 'will', 'with', 'would', 'you']);
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const runs = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{N}]+/gu;

/** From here on two questions are shown as much the same. */
export const alike = 0.4;

/** The pieces a text is compared by. */
export function piecesOf(text: string): ReadonlySet<string> {
  const words = text.normalize('NFKC').toLowerCase().match(runs) ?? [];
  const telling = words.filter((word) => !empty.has(word));
  return new Set((telling.length > 0 ? telling : words).flatMap((word) => (unspaced.test(word) ? slices(word, 2) : slices(` ${word} `, 3))));
}

/** From 0 (nothing in common) to 1 (the same pieces). */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  const shared = [...one].filter((piece) => other.has(piece)).length;
  return (2 * shared) / (one.size + other.size);
}

function slices(word: string, length: number): string[] {
  const characters = [...word];
  if (characters.length <= length) return [word];
  return characters.slice(length - 1).map((_, at) => characters.slice(at, at + length).join(''));
}
