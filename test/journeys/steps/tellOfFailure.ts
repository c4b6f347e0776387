/** What everybody saw when a journey failed: on stderr, for where only that is kept, and as pictures in `.cache/journeys/`. */
import { onTestFailed } from 'vitest';
import type { Person } from '../../support/browser.js';

/** So much of a page's text is told. */
const textMax = 1_500;

/** For so long (ms) a page may take to draw before it counts as standing still. */
const drawWithinMs = 3_000;

/** Called within a test: should it fail, what each of these people has on the screen is told, and whether their page draws and gets its answers. */
export function tellOfFailure(journey: string, people: Readonly<Record<string, Person>>): void {
  onTestFailed(async () => {
    for (const [name, { page, complaints, unanswered }] of Object.entries(people)) {
      const seen = await page.evaluate(whatIsSeen, drawWithinMs);
      const waitsFor = [...unanswered].map((request) => request.url());
      process.stderr.write(`${JSON.stringify({ journey, name, url: page.url(), complaints, waitsFor, ...seen, text: seen.text.slice(0, textMax) }, null, 1)}\n`);
      await page.screenshot({ path: `.cache/journeys/${journey}-${name}.png` });
    }
  });
}

/** Runs in the page. */
async function whatIsSeen(patienceMs: number) {
  const draws = await new Promise<boolean>((answer) => {
    const patience = setTimeout(() => answer(false), patienceMs);
    requestAnimationFrame(() => {
      clearTimeout(patience);
      answer(true);
    });
  });
  return { draws, visibility: document.visibilityState, focused: document.activeElement?.outerHTML.slice(0, 200) ?? '', text: document.body.innerText };
}
