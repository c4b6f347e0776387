import type { Page, Route } from 'playwright-core';
import type { Person } from '../../support/browser.js';

/**
 * Opens a page whose answers come one by one, what was asked last before what was asked first, and tells what was moved on the
 * screen by what came after it: each as its first words and how far. Whoever pressed the mouse over it would have let it go over
 * something else.
 */
export async function shiftsWhileLoading({ page, unanswered }: Person, address: string): Promise<string[]> {
  const held: Route[] = [];
  await page.route('**/api/**', (route) => void held.push(route));
  await page.goto(address);
  const title = page.locator('main h1').first();
  while (unanswered.size > 0 || !(await title.isVisible())) {
    const route = held.pop();
    await route?.continue();
    await (await route?.request().response())?.finished();
    // What has come is on the screen, and what it leads to has been asked for.
    await framesPass(page);
  }
  await page.unroute('**/api/**');
  // What is asked for over the live connection comes as it likes.
  await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
  await framesPass(page);
  return page.evaluate(shiftsSoFar);
}

const framesPass = (page: Page): Promise<unknown> => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Runs in the page. */
function shiftsSoFar(): Promise<string[]> {
  const told: string[] = [];
  const take = (entries: PerformanceEntryList): void => {
    for (const { sources } of entries as (PerformanceEntry & { sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[] })[]) {
      for (const { node, previousRect, currentRect } of sources) told.push(`${node?.textContent?.slice(0, 40) ?? 'something'}: ${previousRect.x},${previousRect.y} to ${currentRect.x},${currentRect.y}`);
    }
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  // What was buffered has been told by the frame after the next.
  return new Promise((resolve) => {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        take(observer.takeRecords());
        observer.disconnect();
        resolve(told);
      }),
    );
  });
}
