/** Buying a seat at the price shown, on the sandbox's payment page. */
import type { Person } from '../../support/browser.js';

/**
 * @param workshopPath - where the person is when they begin: the workshop's page. They end on the order's.
 * @param code - a coupon's, if they have one.
 */
export async function buySeat({ page }: Person, workshopPath: string, code?: string): Promise<void> {
  await page.goto(workshopPath);
  if (code !== undefined) {
    await page.getByRole('button', { name: 'I have a code' }).click();
    await page.getByRole('textbox', { name: 'Code' }).fill(code);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText(`Code ${code}: `).waitFor();
  }
  await page.getByRole('button', { name: 'Get a seat' }).click();
  await page.waitForURL(/stripe-sandbox/);
  await page.getByText('TEST MODE').first().waitFor();
  await page.getByRole('button', { name: /Pay/ }).click();
  await page.waitForURL(/\/orders\//);
  await page.getByRole('heading', { name: 'You have a seat' }).waitFor();
}
