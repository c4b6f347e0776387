/**
 * The main job, end to end, for three people in three browsers: sell a seat, come in, go live, talk, ask, answer, end, look
 * back, survive a restart, refund. Real server process, real store, real media, the sandbox's real checkout page.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../support/browser.js';
import { openDemoHouse, type DemoHouse } from '../support/demoHouse.js';
import { buySeat } from './steps/buySeat.js';
import { framesFlow, goLive } from './steps/goLive.js';
import { makeCoupon } from './steps/makeCoupon.js';
import { publishWorkshop } from './steps/publishWorkshop.js';
import { refund } from './steps/refund.js';
import { signInAtTheDoor } from './steps/signIn.js';
import { tellOfFailure } from './steps/tellOfFailure.js';

const title = 'Schedulers from scratch';
const question = 'What happens to a task that never yields?';
const greeting = 'Hello from the third row';

let house: DemoHouse;
let organizer: Person;
let host: Person;
let member: Person;

beforeAll(async () => {
  house = await openDemoHouse();
  const { crowd } = house;
  [organizer, host, member] = [await crowd.person(), await crowd.person({ colorScheme: 'dark' }), await crowd.person({ width: 1100 })];
});

afterAll(() => house?.close());

it('a workshop is sold, held live, looked back on, kept through a restart, and refunded', async ({ annotate }) => {
  tellOfFailure('mainStory', { organizer, host, member });
  const { password } = house;
  await signInAtTheDoor(organizer, 'organizer@rivet.example', password);
  await signInAtTheDoor(host, 'host@rivet.example', password);

  // The organizer makes a coupon, and publishes a workshop with a price and a capacity.
  await makeCoupon(organizer, 'WELCOME', '25');
  const workshopPath = await publishWorkshop(organizer, { title, host: 'Mara Lind', price: '18', capacity: '2' });

  // A new member signs up and sees the supporters' room locked, with the reason.
  await member.page.goto('/join');
  await member.page.getByLabel('Name').fill('Noor Haddad');
  await member.page.getByLabel('Email').fill('noor@member.example');
  await member.page.getByLabel('Password', { exact: true }).fill('a long enough password');
  await member.page.getByRole('button', { name: 'Join' }).click();
  await member.page.getByRole('link', { name: /supporters/ }).first().click();
  await member.page.getByText('Supporter members and above may enter.').waitFor();
  expect(await member.page.getByText('The next release candidate is here first').count()).toBe(0);

  // They buy one ticket on the hosted page of the sandbox, with the coupon, and the receipt says why it was less.
  await member.page.goto(workshopPath);
  await member.page.getByText('2 of 2 seats left').waitFor();
  await buySeat(member, workshopPath, 'WELCOME');
  await member.page.getByText('Code WELCOME: €4.50 off').waitFor();

  // They enter; the host goes live with camera and microphone; the member sees the first frame.
  await member.page.goto(workshopPath);
  await member.page.getByRole('link', { name: 'Enter the lobby' }).click();
  await goLive(host, workshopPath);
  await framesFlow(member);

  // Talk in the workshop's room.
  await member.page.getByRole('tab', { name: /Chat/ }).click();
  await member.page.getByRole('textbox', { name: /Message/ }).fill(greeting);
  await member.page.getByRole('button', { name: 'Send', exact: true }).click();
  await host.page.getByRole('tab', { name: /Chat/ }).click();
  await host.page.getByText(greeting).first().waitFor();

  // Ask; the host approves, takes it on air, marks it answered; everybody sees each step at once.
  await member.page.getByRole('tab', { name: /Questions/ }).click();
  await member.page.getByRole('textbox', { name: 'Ask a question' }).fill(question);
  await member.page.getByRole('button', { name: 'Ask', exact: true }).click();
  // What is typed while the question is on its way stays.
  await member.page.getByRole('textbox', { name: 'Ask a question' }).fill('And one more');
  await member.page.getByText('waiting for a host').waitFor();
  expect(await member.page.getByRole('textbox', { name: 'Ask a question' }).inputValue()).toBe('And one more');
  await organizer.page.goto(`${workshopPath}/live`);
  await organizer.page.getByRole('tab', { name: /Questions/ }).click();
  const hostConsole = await host.context.newPage();
  await hostConsole.goto(`${workshopPath}/console`);
  await hostConsole.getByText(question).first().waitFor();
  await hostConsole.getByRole('button', { name: 'Approve' }).click();
  await member.page.getByText('waiting for a host').waitFor({ state: 'detached' });
  await hostConsole.getByRole('button', { name: 'Answer now' }).first().click();
  for (const person of [member, organizer, host]) await person.page.getByText('Answering now · asked by Noor Haddad').waitFor();
  await hostConsole.getByRole('button', { name: 'Done' }).first().click();
  for (const person of [member, organizer, host]) await person.page.getByText('Answering now · asked by Noor Haddad').waitFor({ state: 'detached' });
  await member.page.getByText('answered', { exact: true }).first().waitFor();
  await hostConsole.close();

  // The host ends the workshop.
  await host.page.getByRole('button', { name: 'End workshop' }).click();
  await host.page.getByRole('button', { name: 'Yes, end it for all' }).click();
  await member.page.getByText('The workshop has ended').first().waitFor();

  // The organizer sees who attended and the sale.
  await seeLookingBack();

  // Stop and start: everything is there.
  expect(await house.restart()).toBe(0);
  await member.page.goto(`${workshopPath}/live`);
  await member.page.getByText(greeting).first().waitFor();
  await member.page.getByRole('tab', { name: /Questions/ }).click();
  await member.page.getByText(question).first().waitFor();
  await seeLookingBack();

  // The refund ends the right within a second, and says why.
  await annotate(`out after ${Math.round(await refund(organizer, member, 'Noor Haddad'))} ms`);
  await member.page.goto(workshopPath);
  await member.page.getByText('Your ticket was refunded').first().waitFor();

  // While the server was away, the browsers could not but say so.
  const complaints = [organizer, host, member].flatMap((person) => person.complaints).filter((complaint) => !complaint.includes('net::ERR_CONNECTION_REFUSED'));
  expect(complaints).toEqual([]);

  async function seeLookingBack(): Promise<void> {
    await organizer.page.goto('/desk/workshops');
    await organizer.page.getByRole('button', { name: `Open ${title}` }).click();
    await organizer.page.getByText('Noor Haddad').first().waitFor();
    // From when to when, and what was paid.
    await organizer.page.getByRole('row', { name: /Noor Haddad.*\d{1,2}:\d{2}.*–.*\d{1,2}:\d{2}/ }).first().waitFor();
    await organizer.page.getByRole('row', { name: /Noor Haddad.*WELCOME.*€13\.50/ }).first().waitFor();
  }
});
