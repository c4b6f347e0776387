/** Taking a sale back at the desk. */
import type { Person } from '../../support/browser.js';

/** @returns how long it took from the organizer's yes until the member's page said that they are out, in milliseconds. */
export async function refund(organizer: Person, member: Person, memberName: string): Promise<number> {
  await organizer.page.getByRole('button', { name: `Refund ${memberName}` }).click();
  const yes = organizer.page.getByRole('dialog').getByRole('button', { name: 'Yes, refund' });
  await yes.waitFor();
  const out = member.page.getByText('You are no longer in this workshop').waitFor();
  const since = performance.now();
  await yes.click();
  await out;
  const took = performance.now() - since;
  await member.page.getByText('Your ticket was refunded').first().waitFor();
  return took;
}
