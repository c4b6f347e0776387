/** Keeping order, for two people in two browsers: a slow room, a read-only one, a timeout, a ban, and what is written down of it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../support/browser.js';
import { openDemoHouse, type DemoHouse } from '../support/demoHouse.js';
import { signIn } from './steps/signIn.js';

let house: DemoHouse;
let organizer: Person;
let member: Person;

beforeAll(async () => {
  house = await openDemoHouse();
  [organizer, member] = [await house.crowd.person(), await house.crowd.person({ width: 390, height: 844, colorScheme: 'dark' })];
  const { password } = house;
  await signIn(organizer, 'organizer@rivet.example', password);
  await signIn(member, 'member@rivet.example', password);
  await organizer.page.goto('/');
  await organizer.page.getByRole('link', { name: 'general' }).first().click();
  await organizer.page.getByRole('log').waitFor();
  await member.page.goto(new URL(organizer.page.url()).pathname);
  await member.page.getByRole('log').waitFor();
});

afterAll(() => house?.close());

async function setMode(name: string): Promise<void> {
  const { page } = organizer;
  await page.getByRole('button', { name: 'Moderate' }).click();
  await page.getByRole('radio', { name }).check();
  await page.getByRole('button', { name: 'Set mode' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Asks for a timeout or a ban in the menu beside the member's name, and gives the reason. */
async function holdBack(act: 'Time out' | 'Ban', reason: string): Promise<void> {
  const { page } = organizer;
  await page.getByRole('button', { name: 'What you can do about Kofi Mensah' }).click();
  await page.getByRole('menuitem', { name: `${act}…` }).click();
  await page.getByLabel('Reason').fill(reason);
  await page.getByRole('dialog').getByRole('button', { name: act }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

it('a room is kept in order, everybody is told how they stand, and all of it is written down', async () => {
  const field = member.page.locator('form textarea');

  // In a slow room one waits for one's turn, and keeps what one has written.
  await setMode('Slow');
  await member.page.getByText('Slow mode: one message every 30 seconds.').waitFor();
  await field.fill('How do I cross-compile?');
  await field.press('Enter');
  await member.page.getByText('Your next turn is in').waitFor();
  await field.fill('And how do I test it?');
  await field.press('Enter');
  expect(await field.inputValue()).toBe('And how do I test it?');

  // In a read-only room there is no field, but for those who moderate.
  await setMode('Read-only');
  await member.page.getByText('This room is read-only for now').waitFor();
  await organizer.page.locator('form textarea').fill('Back in a minute.');
  await organizer.page.keyboard.press('Enter');
  await member.page.getByRole('article').getByText('Back in a minute.').waitFor();
  await setMode('Normal');
  // What was being written is still there.
  expect(await field.inputValue()).toBe('And how do I test it?');

  // Timed out, one is told until when and why; banned, one stands at the door, also after loading the page again.
  await organizer.page.getByRole('button', { name: /\d here/ }).click();
  await holdBack('Time out', 'Please cool down.');
  await member.page.getByText('Reason: Please cool down.').waitFor();
  await holdBack('Ban', 'Selling sunglasses.');
  await member.page.getByText('You are banned from this room').waitFor();
  await member.page.reload();
  await member.page.getByText('Reason: Selling sunglasses.').waitFor();

  // Lifted, both let the member in again by themselves.
  await organizer.page.goto('/moderation');
  await organizer.page.getByText('Ines Carvalho banned Kofi Mensah').waitFor();
  for (let left = 2; left > 0; left -= 1) {
    await organizer.page.getByRole('button', { name: 'Lift what holds Kofi Mensah back' }).first().click();
    await expect.poll(() => organizer.page.getByRole('button', { name: 'Lift what holds Kofi Mensah back' }).count()).toBe(left - 1);
  }
  await field.waitFor();
  expect(await organizer.page.getByText('Ines Carvalho lifted what held Kofi Mensah back').count()).toBe(2);
  expect([...organizer.complaints, ...member.complaints]).toEqual([]);
});
