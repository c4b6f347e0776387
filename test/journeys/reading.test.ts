/** What was read is read on all of a member's devices, and what is deleted leaves no badge behind: in real browsers. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { openBrowser, type Crowd, type Person } from '../support/browser.js';
import { freePort, startServer } from '../support/processes.js';
import { demoPassword, signIn } from './steps/signIn.js';

let folder: string;
let server: Awaited<ReturnType<typeof startServer>>;
let crowd: Crowd;
let organizer: Person;
let laptop: Person;
let phone: Person;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-reading-'));
  const port = await freePort();
  server = await startServer({ PORT: String(port), DATA_DIR: folder, MEDIA_LISTEN_IP: '127.0.0.1', MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1', LOG_LEVEL: 'warn' });
  crowd = await openBrowser(`http://localhost:${port}`);
  [organizer, laptop, phone] = [await crowd.person(), await crowd.person(), await crowd.person({ width: 390, height: 844 })];
  const password = demoPassword(server.output());
  await Promise.all([signIn(organizer, 'organizer@rivet.example', password), signIn(laptop, 'supporter@rivet.example', password), signIn(phone, 'supporter@rivet.example', password)]);
});

afterAll(async () => {
  await crowd?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const general = ({ page }: Person) => page.getByRole('navigation', { name: 'Main' }).first().getByRole('link', { name: 'general' });

async function say({ page }: Person, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: /Message/ });
  await field.fill(text);
  await field.press('Enter');
  await page.getByText(text).waitFor();
}

it('a badge is cleared on one device by reading on the other, and by deletion on both', async () => {
  onTestFailed(async () => {
    for (const [name, person] of Object.entries({ organizer, laptop, phone })) await person.page.screenshot({ path: `.cache/journeys/reading-${name}.png` });
  });
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
  for (const person of [organizer, laptop, phone]) expect(person.complaints).toEqual([]);
});
