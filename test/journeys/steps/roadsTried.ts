/** Waiting on the page that tries every road of live video to the house, which begins by itself, until it is done. */
import type { Person } from '../../support/browser.js';

/** Answers how each came out: `good`, `fair`, `bad`, or `none` where there is no such road. */
export async function roadsTried({ page }: Person): Promise<Record<string, string | null>> {
  await page.locator('[data-examined="true"]').waitFor();
  const cards = await page.locator('[data-road]').all();
  return Object.fromEntries(await Promise.all(cards.map(async (card) => [await card.getAttribute('data-road'), await card.getAttribute('data-tone')] as const)));
}
