/** Coming in. */
import { members } from '../../../shared/contracts/members.js';
import type { Person } from '../../support/browser.js';

/** At the door, as people do it. */
export async function signInAtTheDoor({ page }: Person, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname === '/');
}

/** For whoever is to do something else: their browser stands where one stands that was signed in yesterday, and no page is open yet. */
export async function signIn({ page }: Person, email: string, password: string): Promise<void> {
  const reply = await page.request.post(members.signIn.path, { data: { email, password } });
  const { data } = (await reply.json()) as { data: { me: { id: string } } };
  // Words of the house's own address, without a page of the program.
  await page.goto('/api/community');
  await page.evaluate((memberId) => localStorage.setItem('guildhall.signedIn', memberId), data.me.id);
}
