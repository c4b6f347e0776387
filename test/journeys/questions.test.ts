/** A queue as its people live it: asked, voted for, merged, answered, over a lost connection, in both languages, on a phone and at a desk. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../support/browser.js';
import { openDemoHouse, type DemoHouse } from '../support/demoHouse.js';
import { seriousFaults } from './steps/axe.js';
import { publishWorkshop } from './steps/publishWorkshop.js';
import { signIn } from './steps/signIn.js';
import { tellOfFailure } from './steps/tellOfFailure.js';
import { speakChinese } from './steps/speakChinese.js';

let house: DemoHouse;
let organizer: Person;
let host: Person;
let phone: Person;
let desktop: Person;

beforeAll(async () => {
  house = await openDemoHouse();
  const { crowd, password } = house;
  [organizer, host, phone, desktop] = [await crowd.person(), await crowd.person({ width: 1440, height: 900 }), await crowd.person({ width: 390, height: 844, colorScheme: 'dark' }), await crowd.person({ width: 1280, height: 900 })];
  await Promise.all([signIn(organizer, 'organizer@rivet.example', password), signIn(host, 'host@rivet.example', password), signIn(phone, 'supporter@rivet.example', password), signIn(desktop, 'member@rivet.example', password)]);
});

afterAll(() => house?.close());

/** Whether the desktop's browser has a network. Its live connection is over as soon as it has none, and there again as soon as it has. */
const setNetwork = (isThere: boolean): Promise<void> => desktop.context.setOffline(!isThere);

async function takeFreeSeat({ page }: Person, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: 'Get a seat' }).click();
  await page.getByRole('heading', { name: 'You have a seat' }).waitFor();
}

async function openQuestions({ page }: Person, path: string, name = 'Questions'): Promise<void> {
  await page.goto(`${path}/live`);
  await page.getByRole('tab', { name }).click();
}

async function ask({ page }: Person, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Ask a question' }).fill(text);
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
}

/** Leaves the browser no room for anything more. Runs in the page. */
function fillStorage(): void {
  for (let size = 2 ** 22, place = 0; size >= 1; place += 1) {
    try {
      localStorage.setItem(`filler ${place}`, 'x'.repeat(size));
    } catch {
      size = Math.floor(size / 2);
    }
  }
}

const card = ({ page }: Person, text: string) => page.getByRole('listitem').filter({ hasText: text });

/** The question that stands first: there are two that take turns. */
async function firstOf({ page }: Person): Promise<string> {
  const [first = ''] = await page.getByRole('listitem').filter({ hasText: /starve under load|yield/ }).allTextContents();
  return first.includes('yield') ? 'yield' : 'starve';
}

/** Votes put one question before another: at once but where somebody points at them, and there when they point elsewhere. */
async function rowsStayUnderThePointer(path: string): Promise<void> {
  await openQuestions(organizer, path);
  await card(organizer, 'When does it yield?').getByRole('button', { pressed: false }).click();
  await card(desktop, 'Why does the scheduler starve').first().getByRole('button', { pressed: true }).click();
  await expect.poll(() => firstOf(phone)).toBe('yield');
  expect(await firstOf(desktop)).toBe('starve');
  await desktop.page.getByRole('tab', { name: 'Questions' }).hover();
  await desktop.page.getByRole('tab', { name: 'Questions' }).focus();
  await expect.poll(() => firstOf(desktop)).toBe('yield');
}

/** What reaches out of the rail beside (on a phone: under) the stage, so that it is cut: its first words. */
const cutOff = ({ page }: Person): Promise<string[]> =>
  page.getByRole('complementary', { name: 'Chat, questions and people' }).evaluate((rail) => {
    const edge = rail.getBoundingClientRect().right;
    return [...rail.querySelectorAll('*')].filter((part) => part.checkVisibility() && part.getBoundingClientRect().right > edge + 1).map((part) => part.textContent.slice(0, 40));
  });

it('asked, voted for, merged, taken on air, answered in writing and taken back', async () => {
  tellOfFailure('questions', { host, phone, desktop });
  const path = await publishWorkshop(organizer, { title: 'Schedulers by hand', host: 'Mara Lind', price: '0', capacity: '20' });
  await Promise.all([takeFreeSeat(phone, path), takeFreeSeat(desktop, path)]);
  await Promise.all([openQuestions(phone, path), openQuestions(desktop, path), host.page.goto(`${path}/console`)]);

  // Asked before the workshop, anonymously from the phone; the host knows who it was, the audience does not.
  await phone.page.getByRole('switch', { name: 'Ask anonymously' }).click();
  await ask(phone, 'Why does the scheduler starve under load?');
  await card(host, 'Why does the scheduler starve').getByText('Wei Zhang 张伟').waitFor();
  await host.page.keyboard.press('j');
  await host.page.keyboard.press('a');
  const seen = card(desktop, 'Why does the scheduler starve');
  await seen.getByText('Anonymous').waitFor();
  expect(await seen.getByText('张伟').count()).toBe(0);

  // Who writes the same is shown that it was asked, and votes for it there.
  await desktop.page.getByRole('textbox', { name: 'Ask a question' }).fill('Why does the scheduler starve under heavy load');
  await desktop.page.getByRole('region', { name: /Somebody asked this already/ }).getByRole('button').click();
  await seen.first().getByRole('button', { pressed: true }).waitFor();
  await card(host, 'Why does the scheduler starve').getByText('1 vote').waitFor();

  // Without a connection a question and a vote wait, and go out once when there is one.
  await setNetwork(false);
  await ask(desktop, 'Is the scheduler starving?');
  await card(desktop, 'Is the scheduler starving').getByText('Is sent as soon as there is a connection.').waitFor();
  await seen.first().getByRole('button', { pressed: true }).click();
  await seen.first().getByRole('button', { pressed: false }).click();
  await desktop.page.getByText(/^Offline since .+\. 2 changes will be sent\.$/).waitFor();
  expect(await card(host, 'Is the scheduler starving').count()).toBe(0);
  await setNetwork(true);
  await card(host, 'Is the scheduler starving').waitFor();
  await card(desktop, 'Is the scheduler starving').getByText('waiting for a host').waitFor();
  expect(await card(host, 'Is the scheduler starving').count()).toBe(1);
  await card(host, 'Why does the scheduler starve').getByText('1 vote').waitFor();
  await card(desktop, 'Is the scheduler starving').getByRole('button', { name: 'Edit' }).click();
  await desktop.page.getByRole('textbox', { name: 'Your question' }).fill('Is the scheduler starving when load is high?');
  await desktop.page.getByRole('button', { name: 'Save' }).click();
  await card(host, 'Is the scheduler starving when load is high?').waitFor();

  // Merged by keyboard, taken back, and merged again; the asker sees where it went.
  await host.page.getByRole('button', { name: 'Is the scheduler starving when load is high?' }).click();
  await host.page.keyboard.press('m');
  await host.page.getByRole('dialog').getByRole('button', { name: 'Why does the scheduler starve' }).click();
  await card(desktop, 'Is the scheduler starving').getByText('counted with the same question').waitFor();
  await host.page.getByRole('button', { name: 'Separate: Is the scheduler' }).waitFor();
  await host.page.keyboard.press('u');
  await card(desktop, 'Is the scheduler starving').getByText('waiting for a host').waitFor();

  // On air for everybody though the lobby is still open, answered in writing, and so on the phone.
  await host.page.getByRole('button', { name: 'Why does the scheduler starve' }).click();
  await host.page.keyboard.press('n');
  await card(phone, 'Why does the scheduler starve').getByText('answering now').waitFor();
  await host.page.keyboard.press('t');
  await host.page.getByRole('textbox', { name: 'Answer' }).fill('Because **one** worker steals from nobody.');
  await host.page.getByRole('button', { name: 'Answer', exact: true }).click();
  await card(phone, 'Why does the scheduler starve').getByText('Answered by Mara Lind').waitFor();

  // What was answered becomes a message of the room, with credit and without the name that was kept back.
  await host.page.getByRole('dialog').waitFor({ state: 'detached' });
  await host.page.keyboard.press('p');
  await host.page.getByRole('dialog').getByRole('button', { name: 'Post', exact: true }).click();
  await phone.page.getByRole('tab', { name: 'Chat' }).click();
  const posted = phone.page.getByRole('tabpanel', { name: 'Chat' });
  await posted.getByText('Asked anonymously').waitFor();
  await posted.getByText('Answered by Mara Lind').waitFor();
  await phone.page.getByRole('tab', { name: 'Questions' }).click();

  // Polls are steered beside the queue.
  await host.page.getByRole('dialog').waitFor({ state: 'detached' });
  await host.page.getByRole('button', { name: 'Polls', exact: true }).click();
  await host.page.getByRole('dialog').getByRole('button', { name: 'New poll' }).waitFor();
  await host.page.screenshot({ path: '.cache/journeys/console-polls.png' });
  expect(await seriousFaults(host)).toEqual([]);
  await host.page.keyboard.press('Escape');

  // Taken back without a connection and with the browser's storage full: the page says so, and it is done when it can be.
  await setNetwork(false);
  await desktop.page.evaluate(fillStorage);
  await card(desktop, 'Is the scheduler starving').getByRole('button', { name: 'Take back' }).click();
  await card(desktop, 'Is the scheduler starving').getByText('Is taken back as soon as there is a connection.').waitFor();
  await desktop.page.getByText(/1 change will be sent\. Keep this page open/).waitFor();
  await desktop.page.screenshot({ path: '.cache/journeys/taking-back.png' });
  await setNetwork(true);
  await card(host, 'Is the scheduler starving').waitFor({ state: 'detached' });
  await card(desktop, 'Is the scheduler starving').waitFor({ state: 'detached' });

  // The keys are listed, and the page is whole for those who cannot see it.
  await host.page.getByRole('dialog').waitFor({ state: 'detached' });
  await host.page.keyboard.press('?');
  await host.page.getByRole('dialog').getByText('Merge with another').waitFor();
  await host.page.keyboard.press('Escape');
  await host.page.getByRole('dialog').waitFor({ state: 'hidden' });
  for (const person of [host, phone]) expect(await seriousFaults(person)).toEqual([]);

  // Whoever becomes a moderator lets questions through from where they sit.
  await ask(phone, `When does it yield? As in https://rivet.example/${'scheduler-'.repeat(9)}`);
  await organizer.page.goto('/desk/people');
  await organizer.page.getByLabel('Role of Kofi Mensah').selectOption('moderator');
  const yields = card(desktop, 'When does it yield?');
  await yields.getByRole('button', { name: 'Approve' }).click();
  await card(phone, 'When does it yield?').getByText('waiting for a host').waitFor({ state: 'detached' });
  await yields.getByRole('button', { name: 'Dismiss' }).waitFor();
  await rowsStayUnderThePointer(path);
  for (const person of [phone, desktop]) expect(await cutOff(person)).toEqual([]);

  await speakChinese(phone);
  await openQuestions(phone, path, '提问');
  await card(phone, 'Why does the scheduler starve').getByText('Mara Lind 的回答').waitFor();
  // Chromium itself complains of what it is asked for without a network.
  const complaints = [host, phone, desktop].flatMap((person) => person.complaints);
  expect(complaints.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
});
