/** Which addresses become links, and where an address ends that was written into a sentence. */

const protocols = new Set(['http:', 'https:', 'mailto:']);

/** The address written out in full, where it is one that a message may lead to; null for every other one. */
export function safeHref(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return protocols.has(url.protocol) ? url.href : null;
}

/** Chinese sentences have no blank after an address; their punctuation ends it. */
const sentenceMark = /[，。！？；：、（）《》「」『』“”‘’…]/;

/** Splits what was taken for an address at the first mark that belongs to the sentence around it. */
export function splitAddress(found: string): { address: string; rest: string } {
  const end = found.search(sentenceMark);
  return end < 0 ? { address: found, rest: '' } : { address: found.slice(0, end), rest: found.slice(end) };
}
