import type { Route } from 'playwright-core';
import type { Person } from '../../support/browser.js';

/** Answers come so far apart (ms), and not in the order they were asked for. */
const apartMs = 150;

/**
 * Opens a page whose answers come late and out of order, and tells what was moved on the screen by what came after it: each
 * as its first words and how far. Whoever pressed the mouse over it would have let it go over something else.
 */
export async function shiftsWhileLoading({ page }: Person, address: string): Promise<string[]> {
  let asked = 0;
  const late = async (route: Route): Promise<void> => {
    asked += 1;
    const turns = 1 + ((asked * 5) % 7);
    await new Promise((resolve) => setTimeout(resolve, turns * apartMs));
    // The page may have been left meanwhile.
    await route.continue().catch(() => undefined);
  };
  await page.route('**/api/**', late);
  await page.goto(address);
  await page.locator('main h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  const shifts = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const told: string[] = [];
        const take = (entries: PerformanceEntryList): void => {
          for (const { sources } of entries as (PerformanceEntry & { sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[] })[]) {
            for (const { node, previousRect, currentRect } of sources) told.push(`${node?.textContent?.slice(0, 40) ?? 'something'}: ${previousRect.x},${previousRect.y} to ${currentRect.x},${currentRect.y}`);
          }
        };
        const observer = new PerformanceObserver((list) => take(list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        // What was buffered has been told by the frame after the next.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            take(observer.takeRecords());
            observer.disconnect();
            resolve(told);
          }),
        );
      }),
  );
  await page.unroute('**/api/**', late);
  return shifts;
}
