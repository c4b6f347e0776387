/** A poll, a quiz and a checklist, between a host at a desk and a member on a phone whose connection comes and goes. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../support/browser.js';
import { openDemoHouse, type DemoHouse } from '../support/demoHouse.js';
import { seriousFaults } from './steps/axe.js';
import { signIn } from './steps/signIn.js';

let house: DemoHouse;
let host: Person;
let member: Person;

beforeAll(async () => {
  house = await openDemoHouse();
  [host, member] = [await house.crowd.person(), await house.crowd.person({ width: 390, height: 844, colorScheme: 'dark' })];
  await signIn(host, 'organizer@rivet.example', house.password);
  await signIn(member, 'member@rivet.example', house.password);
  await member.page.goto('/workshops');
  await member.page.getByRole('link', { name: 'Office hours: bring your questions' }).first().click();
  await member.page.getByRole('button', { name: 'Get a seat' }).click();
  await member.page.getByRole('heading', { name: 'You have a seat' }).waitFor();
  await member.page.goBack();
  await member.page.waitForURL(/\/workshops\/[0-9a-f]{24}$/);
  const live = `${new URL(member.page.url()).pathname}/live`;
  await host.page.goto(live);
  await member.page.goto(live);
});
afterAll(() => house?.close());

/** Writes a poll of two options and launches it. */
async function launch(question: string, right: string | null): Promise<void> {
  const { page } = host;
  await page.getByRole('button', { name: 'New poll' }).click();
  await page.getByLabel('Question', { exact: true }).fill(question);
  await page.getByLabel('Options, one per line').fill('Tabs\nSpaces');
  if (right) await page.getByRole('dialog').getByRole('checkbox', { name: right }).check();
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.getByRole('button', { name: 'Launch' }).click();
}

it('a member votes and is helped, though the connection goes; the host sees it, and so does the hall', async () => {
  for (const { page } of [host, member]) await page.getByRole('tab', { name: 'Polls' }).click();
  await launch('Tabs or spaces?', null);
  await member.page.getByRole('radio', { name: 'Tabs' }).waitFor();

  await member.context.setOffline(true);
  await member.page.getByRole('radio', { name: 'Spaces' }).check();
  await member.page.getByRole('button', { name: 'Vote', exact: true }).click();
  await member.page.getByText('Waiting for the connection. Your vote will be counted once.').waitFor();
  await member.context.setOffline(false);
  await member.page.getByText('Your vote is counted.').waitFor();
  await host.page.getByText('1 vote · 100%').waitFor();
  // The results are the host's until they are shown.
  expect(await member.page.getByRole('region', { name: 'Results' }).count()).toBe(0);
  await host.page.getByRole('button', { name: 'Show results' }).click();
  await member.page.getByText('1 vote · 100%').waitFor();

  const hall = await host.context.newPage();
  await hall.goto(host.page.url().replace(/live$/, 'projector'));
  await hall.getByRole('heading', { name: 'Tabs or spaces?' }).waitFor();
  await hall.getByText('1 vote · 100%').waitFor();
  await hall.close();

  await launch('What does Make want?', 'Tabs');
  await member.page.getByRole('listitem').filter({ hasText: 'What does Make want?' }).getByRole('radio', { name: 'Tabs' }).check();
  await member.page.getByRole('button', { name: 'Vote', exact: true }).click();
  await host.page.getByRole('listitem').filter({ hasText: 'What does Make want?' }).getByText('1 vote · 100%').waitFor();
  await host.page.getByRole('listitem').filter({ hasText: 'What does Make want?' }).getByRole('button', { name: 'Close voting' }).click();
  await member.page.getByText('Quiz: 1 of 1 right').waitFor();
  const quiz = host.page.getByRole('listitem').filter({ hasText: 'What does Make want?' });
  const [file] = await Promise.all([host.page.waitForEvent('download'), quiz.getByRole('button', { name: 'Export CSV' }).click()]);
  expect(await readFile(await file.path(), 'utf8')).toMatch(/^\uFEFF"question","person","choice","right"\r\n"What does Make want\?","[^"]+","Tabs",1\r\n$/);
  // The panes are whole for those who cannot see them: the host's by day, the member's by night.
  for (const person of [host, member]) expect(await seriousFaults(person)).toEqual([]);

  await host.page.getByRole('tab', { name: 'Steps' }).click();
  await host.page.getByRole('button', { name: 'Edit steps' }).click();
  await host.page.getByLabel('One step per line').fill('Clone the repository\nBuild it');
  await host.page.getByRole('button', { name: 'Save steps' }).click();
  await member.page.getByRole('tab', { name: 'Steps' }).click();
  await member.page.getByRole('button', { name: 'Done' }).first().click();
  await member.page.getByRole('button', { name: 'Stuck' }).click();
  await member.page.getByRole('textbox', { name: 'Where are you stuck?' }).fill('The linker is missing');
  await member.page.getByRole('button', { name: 'Ask for help' }).click();
  await host.page.getByText('The linker is missing').waitFor();
  await host.page.getByRole('button', { name: 'Helped' }).click();
  await member.page.getByText('A host has helped you.').waitFor();
  await host.page.getByText('Nobody is stuck.').waitFor();
  await host.page.getByText('1 done · 0 stuck').waitFor();
  for (const { complaints } of [host, member]) expect(complaints.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
});
