/** A member on a phone, in Chinese: from free to a trial, to a dearer membership, to its end and back, with a ticket at the member's price. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDemoHouse, type DemoHouse } from '../support/demoHouse.js';
import { signIn } from './steps/signIn.js';
import { speakChinese } from './steps/speakChinese.js';
import { tellOfFailure } from './steps/tellOfFailure.js';

let house: DemoHouse;
beforeAll(async () => {
  house = await openDemoHouse();
});
afterAll(() => house?.close());

it('tries a membership, changes it, ends it and takes that back', async () => {
  const member = await house.crowd.person({ width: 390, height: 844, colorScheme: 'dark' });
  tellOfFailure('membership', { member });
  const { page } = member;
  const shot = (name: string) => (process.env['SHOTS'] ? page.screenshot({ path: `${process.env['SHOTS']}/${name}.png`, fullPage: true }) : null);
  await signIn(member, 'member@rivet.example', house.password);
  await speakChinese(member);

  await page.goto('/tickets');
  await page.getByRole('link', { name: '查看会员等级' }).click();
  await page.getByRole('heading', { name: '你现在是Reader' }).waitFor();
  await shot('1-none');
  await page.getByRole('button', { name: '免费试用 14 天' }).first().click();
  await page.getByText('先免费 14 天').waitFor();
  await shot('2-chosen');
  await page.getByRole('button', { name: '前往付款' }).click();
  await page.waitForURL(/stripe-sandbox/);
  await shot('3-checkout');
  await page.getByRole('button', { name: /试用|Start trial|支付|Pay/ }).first().click();
  await page.waitForURL(/\/memberships\//);
  await page.getByRole('heading', { name: '欢迎，你现在是Supporter了' }).waitFor();
  await shot('4-return');

  await page.getByRole('link', { name: '查看我的会员' }).click();
  await page.getByRole('button', { name: '升级为Sustainer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('现在应付').waitFor();
  await shot('5-upgrade');
  await dialog.getByRole('button', { name: /支付 .*15\.00.* 并更改/ }).click();
  await page.getByRole('heading', { name: 'Sustainer', level: 2 }).waitFor();
  await shot('6-upgraded');

  await page.getByRole('button', { name: '取消会员' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /结束$/ }).click();
  await page.getByText(/会员将于 .* 结束/).waitFor();
  await shot('7-ends');
  await page.getByRole('button', { name: '保留“Sustainer”' }).click();
  await page.getByRole('button', { name: '取消会员' }).waitFor();
  await page.goto('/rooms');
  await page.getByRole('main').getByRole('link', { name: /maintainers-table/ }).click();
  await page.getByRole('textbox').first().waitFor();
  await shot('8-room');
  expect(member.complaints).toEqual([]);
});
