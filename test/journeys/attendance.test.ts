/** From being there to a certificate in a stranger's hands: a workshop whose server is killed under it, and what comes after. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { attendance } from '../../shared/contracts/attendance/attendance.js';
import { tickets } from '../../shared/contracts/tickets.js';
import { workshops } from '../../shared/contracts/workshops.js';
import { enter, openLiveHouse, type LiveHouse } from '../cluster/liveHouse.js';
import { openBrowser, type Crowd, type Person } from '../support/browser.js';
import { demoPassword } from '../support/demoHouse.js';
import { seriousFaults } from './steps/axe.js';
import { signIn } from './steps/signIn.js';

const environment = { MEDIA_LISTEN_IP: '127.0.0.1', MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1' };
let folder: string;
let house: LiveHouse;
let crowd: Crowd;
let password: string;
let workshopId: string;

/** The member and the host come in, on whatever process the house is now; answers the host, and what the sheet says of the member. */
async function comeIn(email: 'supporter@rivet.example') {
  const [member, host] = [await enter(house, email), await enter(house, 'host@rivet.example')];
  workshopId ??= (await host.ask(workshops.list, {})).find(({ price }) => price.amount === 0)?.id ?? '';
  const input = { workshopId };
  const { you } = await member.ask(workshops.show, input);
  if (!you.canEnter) await member.ask(tickets.startCheckout, { clientOrderId: randomUUID(), product: { kind: 'seat', workshopId } });
  await member.call(workshops.enter, input);
  await host.call(workshops.enter, input);
  const row = async () => (await host.ask(attendance.sheet, input)).rows.find(({ person }) => person.role === 'member');
  return { host, row, leave: () => [member, host].forEach(({ socket }) => socket.disconnect()) };
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-attendance-'));
  house = await openLiveHouse(folder, environment);
  password = demoPassword(house.output());
});
afterAll(async () => {
  await crowd?.close();
  await house?.stop();
  await rm(folder, { recursive: true, force: true });
});

it('a server that is killed while the workshop is live cuts nobody\'s attendance', async () => {
  const before = await comeIn('supporter@rivet.example');
  await before.host.call(workshops.goLive, { workshopId });
  await expect.poll(async () => (await before.row())?.seconds ?? 0).toBeGreaterThan(0);
  await house.kill();
  before.leave();
  house = await openLiveHouse(folder, environment);
  const after = await comeIn('supporter@rivet.example');
  // Back within the lease: the server that died has cut nothing.
  expect((await after.row())?.intervals).toHaveLength(1);
  await after.host.call(workshops.end, { workshopId });
  expect(await after.row()).toMatchObject({ percent: 100, intervals: [{ leftAt: expect.any(String) as string }] });
  after.leave();
});
it('a member gets a certificate on the phone; a stranger checks it; a host revokes it', async () => {
  crowd = await openBrowser(house.url);
  const [member, stranger, host] = [await crowd.person({ width: 390, height: 844 }), await crowd.person({ language: 'zh-CN', colorScheme: 'dark' }), await crowd.person()];
  const everybody: Record<string, Person> = { member, stranger, host };
  onTestFailed(async () => {
    for (const [name, { page }] of Object.entries(everybody)) await page.screenshot({ path: `.cache/journeys/attendance-${name}.png` });
  });

  await signIn(member, 'supporter@rivet.example', password);
  await member.page.goto('/tickets');
  await member.page.getByRole('button', { name: 'Get certificate' }).click();
  await member.page.getByText('It will say that “Wei Zhang 张伟” was there.', { exact: false }).waitFor();
  await member.page.getByRole('button', { name: 'Make it' }).click();
  await member.page.getByText('This certificate is valid.').waitFor();
  const address = new URL(member.page.url()).pathname;
  const [download] = await Promise.all([member.page.waitForEvent('download'), member.page.getByRole('link', { name: 'Download PDF' }).click()]);
  const pdf = path.join(folder, 'certificate.pdf');
  await download.saveAs(pdf);
  expect(await seriousFaults(member)).toEqual([]);

  await stranger.page.goto(address);
  await stranger.page.getByText('此证书有效。').waitFor();
  await stranger.page.getByRole('heading', { name: 'Wei Zhang 张伟' }).waitFor();
  await stranger.page.goto('/certificates');
  await stranger.page.locator('input[type=file]').setInputFiles(pdf);
  await stranger.page.getByText('签名真实有效', { exact: false }).waitFor();
  await stranger.page.getByRole('heading', { name: 'Wei Zhang 张伟' }).waitFor();
  expect(await seriousFaults(stranger)).toEqual([]);

  await signIn(host, 'host@rivet.example', password);
  await host.page.goto(`/workshops/${workshopId}/attendance`);
  await host.page.getByRole('row', { name: /张伟/ }).getByRole('link', { name: 'Given' }).waitFor();
  expect(await seriousFaults(host)).toEqual([]);
  await host.page.getByRole('button', { name: 'Revoke the certificate of Wei Zhang 张伟' }).click();
  await host.page.getByLabel('Reason, for everybody to read').fill('Another person was meant');
  await host.page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await host.page.getByRole('row', { name: /张伟/ }).getByRole('link', { name: 'Revoked' }).waitFor();
  await stranger.page.goto(address);
  await stranger.page.getByText('原因：Another person was meant').waitFor();

  await member.page.goto('/settings');
  const [data] = await Promise.all([member.page.waitForEvent('download'), member.page.getByRole('button', { name: 'Download your data' }).click()]);
  expect(await readFile(await data.path(), 'utf8')).toContain('supporter@rivet.example');
  for (const person of Object.values(everybody)) expect(person.complaints).toEqual([]);
});
