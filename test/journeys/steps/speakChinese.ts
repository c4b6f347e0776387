/** Choosing the other language in the settings; it is the member's own and follows them to every device. */
import type { Person } from '../../support/browser.js';

export async function speakChinese({ page }: Person): Promise<void> {
  await page.goto('/settings');
  await page.getByText('简体中文').first().click();
  await page.getByText('语言').first().waitFor();
}
