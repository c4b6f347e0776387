/** What axe says of a page as it is: nothing serious or critical may be left. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Person } from '../../support/browser.js';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @returns the rules that are broken in a serious or critical way, each with the elements that break it. */
export async function seriousFaults({ page }: Person): Promise<string[]> {
  // Evaluated by the debugger, so the page's own policy against foreign scripts stays as it is.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await source);
  const results = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  return (results as AxeResults).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
