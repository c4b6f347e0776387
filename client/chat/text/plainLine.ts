import { parseMarkdown } from './parseMarkdown.js';
import { plainText } from './pieces.js';

/** The beginning of a message as one line without marks. */
export function plainLine(text: string): string {
  return plainText(parseMarkdown(text)).replaceAll('\n', ' ');
}
