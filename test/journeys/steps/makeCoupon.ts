/** Making a coupon at the desk, as an organizer does it. */
import type { Person } from '../../support/browser.js';

/** @param percent - what the code takes off, in every workshop. */
export async function makeCoupon({ page }: Person, code: string, percent: string): Promise<void> {
  await page.goto('/desk/coupons');
  await page.getByRole('button', { name: 'Make a coupon' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Code' }).fill(code);
  await form.getByRole('textbox', { name: 'Percent' }).fill(percent);
  await form.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('row', { name: new RegExp(`${code}.*0 / 50`) }).waitFor();
}
