/**
 * How much work a message's marks may make. A Markdown parser takes quadratic time over texts that are nothing but marks;
 * nobody writes such a text to be read, so it is shown as it was written.
 */

/** Marks that may open or close something within a line. */
const mark = /[[\]!*_~`<&\\]/g;
const marksMax = 500;

/** Quotes and lists within one another, at the beginning of one line. */
const nestedMax = 8;
const opening = /^(?:[ \t]*(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)))+/;
const openers = />|[-+*]|\d+[.)]/g;

/** Lines that open a quote or a list item, and lines at all. */
const openedMax = 120;
const linesMax = 400;

/** A fence at the very beginning of a line stands in no quote and no list: what follows is code until it is closed. */
const fenceOpens = /^(?:`{3,}(?=[^`]*$)|~{3,})/;
const fenceCloses = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;

/** The fence that is open after a line; null outside of code. */
function fenceAfter(line: string, open: string | null): string | null {
  if (open === null) return fenceOpens.exec(line)?.[0] ?? null;
  const closing = fenceCloses.exec(line)?.[1];
  return closing !== undefined && closing.startsWith(open) ? null : open;
}

/** Whether a text has more marks than anybody reads. Code between fences does not count: it is taken as it is. */
export function isTooDense(text: string): boolean {
  let [marks, opened] = [0, 0];
  let fence: string | null = null;
  const lines = text.split('\n');
  for (const line of lines) {
    const before = fence;
    fence = fenceAfter(line, before);
    if (before !== null || fence !== null) continue;
    const nested = opening.exec(line)?.[0].match(openers)?.length ?? 0;
    if (nested > nestedMax) return true;
    if (nested > 0) opened += 1;
    marks += line.match(mark)?.length ?? 0;
  }
  return marks > marksMax || opened > openedMax || lines.length > linesMax;
}
