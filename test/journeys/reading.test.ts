/** What was read is read on all of a member's devices, and what is deleted leaves no badge behind: in real browsers. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../support/browser.js';
import { openDemoHouse, type DemoHouse } from '../support/demoHouse.js';
import { signIn } from './steps/signIn.js';
import { tellOfFailure } from './steps/tellOfFailure.js';

let house: DemoHouse;
let organizer: Person;
let laptop: Person;
let phone: Person;

beforeAll(async () => {
  house = await openDemoHouse();
  [organizer, laptop, phone] = [await house.crowd.person(), await house.crowd.person(), await house.crowd.person({ width: 390, height: 844 })];
  const { password } = house;
  await Promise.all([signIn(organizer, 'organizer@rivet.example', password), signIn(laptop, 'supporter@rivet.example', password), signIn(phone, 'supporter@rivet.example', password)]);
  await Promise.all([organizer, laptop, phone].map(({ page }) => page.goto('/')));
});

afterAll(() => house?.close());

const general = ({ page }: Person) => page.getByRole('navigation', { name: 'Main' }).first().getByRole('link', { name: 'general' });

async function say({ page }: Person, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: /Message/ });
  await field.fill(text);
  await field.press('Enter');
  await page.getByText(text).waitFor();
}

it('a badge is cleared on one device by reading on the other, and by deletion on both', async () => {
  tellOfFailure('reading', { organizer, laptop, phone });
  const onLaptop = general(laptop).getByText('new messages');
  const onPhone = phone.page.getByRole('link', { name: 'Rooms' }).getByText('new messages');
  await general(organizer).click();
  await say(organizer, 'Who has tried the new build?');
  await onLaptop.waitFor({ state: 'attached' });
  await onPhone.waitFor({ state: 'attached' });

  // Read on the phone, it is read on the laptop.
  await phone.page.getByRole('link', { name: 'general 1 new message' }).click();
  await phone.page.getByText('Who has tried the new build?').waitFor();
  await phone.page.getByText('New since you were here').waitFor();
  await onLaptop.waitFor({ state: 'detached' });

  // The only unread message is deleted, and so is its badge.
  await phone.page.goto('/');
  await say(organizer, 'Never mind');
  await onLaptop.waitFor({ state: 'attached' });
  await onPhone.waitFor({ state: 'attached' });
  const message = organizer.page.getByRole('article').filter({ hasText: 'Never mind' });
  await message.focus();
  await message.press('Delete');
  await organizer.page.getByRole('button', { name: 'Delete' }).click();
  await onLaptop.waitFor({ state: 'detached' });
  await onPhone.waitFor({ state: 'detached' });

  // One's own newest message is marked unread like any other: the line stands above it, also for whoever comes back to it.
  await say(organizer, 'Look at this again');
  const own = organizer.page.getByRole('article').filter({ hasText: 'Look at this again' });
  const line = own.locator('..').getByText('New since you were here');
  await expect.poll(() => organizer.page.getByText('Sending').count()).toBe(0);
  await own.focus();
  await own.press('u');
  await line.waitFor();
  await organizer.page.goto('/');
  await organizer.page.getByRole('link', { name: 'general 1 new message' }).click();
  await line.waitFor();
  await general(organizer).getByText('new messages').waitFor({ state: 'detached' });
  for (const person of [organizer, laptop, phone]) expect(person.complaints).toEqual([]);
});
