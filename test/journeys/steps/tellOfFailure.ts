/** What everybody saw when a journey failed: on stderr, for where only that is kept, and as pictures in `.cache/journeys/`. */
import { onTestFailed } from 'vitest';
import type { Person } from '../../support/browser.js';

/** So much of a page's text is told. */
const textMax = 1_500;

/** Called within a test: should it fail, what each of these people has on the screen is told. */
export function tellOfFailure(journey: string, people: Readonly<Record<string, Person>>): void {
  onTestFailed(async () => {
    for (const [name, { page, complaints }] of Object.entries(people)) {
      await page.screenshot({ path: `.cache/journeys/${journey}-${name}.png` });
      const { focused, text } = await page.evaluate(() => ({ focused: document.activeElement?.outerHTML.slice(0, 200) ?? '', text: document.body.innerText }));
      process.stderr.write(`${JSON.stringify({ journey, name, url: page.url(), complaints, focused, text: text.slice(0, textMax) }, null, 1)}\n`);
    }
  });
}
