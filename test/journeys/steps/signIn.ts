/** Coming in, as people do it. */
import type { Person } from '../../support/browser.js';

/** The demo's password, as the program printed it. */
export function demoPassword(output: string): string {
  const password = output.match(/organizer@rivet\.example\s+(\S+)/)?.[1];
  if (!password) throw new Error(`no demo sign-in was printed:\n${output}`);
  return password;
}

export async function signIn({ page }: Person, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname === '/');
}
