/** How much of a message is shown where another message speaks of it. Both sides cut alike, so that a client can show a quote anew when what it quotes has changed. */
import { limits } from './limits.js';

/** The beginning of a text, up to `limits.excerptLength`; a letter of two code units is not cut in half. */
export function excerptOf(text: string): string {
  const cut = text.slice(0, limits.excerptLength);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
