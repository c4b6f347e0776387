/** Publishing a workshop at the desk, as an organizer does it. */
import type { Person } from '../../support/browser.js';

export interface Announcement {
  title: string;
  host: string;
  /** In whole units of the currency that the form proposes. */
  price: string;
  capacity: string;
}

/** @returns the path of the workshop's page. */
export async function publishWorkshop({ page }: Person, { title, host, price, capacity }: Announcement): Promise<string> {
  await page.goto('/desk/workshops');
  await page.getByRole('button', { name: 'Publish a workshop' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Title' }).fill(title);
  await form.getByRole('textbox', { name: 'What people will learn' }).fill('Build a work-stealing scheduler, and see where it starves.');
  await form.getByLabel('Starts').fill(await page.evaluate(inAnHour));
  await form.getByPlaceholder('Search by name').click();
  await page.getByRole('option', { name: host }).click();
  await page.keyboard.press('Tab');
  await form.getByRole('textbox', { name: 'Price' }).fill(price);
  await form.getByRole('textbox', { name: 'Seats' }).fill(capacity);
  await form.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.waitForURL(/\/desk\/workshops\/[0-9a-f]{24}$/);
  return new URL(page.url()).pathname.replace('/desk', '');
}

/** In the browser's own time zone, as a field of date and time takes it. */
function inAnHour(): string {
  const then = new Date(Date.now() + 3_600_000);
  return new Date(then.getTime() - then.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
