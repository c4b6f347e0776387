/**
 * A membership from its first look to its end, on a phone and in Chinese: free, trial, paid, upgraded, a card that fails and
 * is mended, a ticket at the member's price that is given back, and the end that leaves what is paid for.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rooms } from '../../shared/contracts/rooms.js';
import { workshops } from '../../shared/contracts/workshops.js';
import { openShop, settled } from '../server/memberships/aMembership.js';
import { dataOf, workshopForm } from '../server/workshops/aWorkshop.js';
import { openBrowser, type Crowd, type Person } from '../support/browser.js';
import { openHouse, type House } from '../support/house.js';
import { freePort } from '../support/processes.js';
import { tellOfFailure } from './steps/tellOfFailure.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let house: House;
let crowd: Crowd;
let member: Person;
let roomPath: string;
let workshopPath: string;
/** How far the house's clock, and with it Stripe's, is ahead of the browser's. */
let aheadMs = 0;

beforeAll(async () => {
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  house = await openHouse({ port, publicUrl, clientDir: 'dist/client', now: () => new Date(Date.now() + aheadMs) });
  const { organizer } = await openShop(house);
  roomPath = `/rooms/${dataOf(await organizer.ask(rooms.create, { name: 'supporters', topic: '', gate: { kind: 'tier', tierKey: 'supporter' } })).id}`;
  const types = [{ key: 'main', name: '', pool: 'main', price: 1_800, rules: [{ kind: 'member' as const, tierKey: 'supporter', price: 1_200 }] }];
  const form = workshopForm([organizer.id], { currency: 'usd', types, startsAt: new Date(Date.now() + 90 * dayMs).toISOString() });
  workshopPath = `/workshops/${dataOf(await organizer.ask(workshops.publish, form)).id}`;
  crowd = await openBrowser(publicUrl);
  member = await crowd.person({ language: 'zh-CN', width: 390, height: 844 });
});
afterAll(async () => {
  await crowd?.close();
  await house?.close();
});

/** Lets time pass for the house and for Stripe, with all that it brings, while the member is away; then they look at a page. */
async function later(ms: number, address: string): Promise<void> {
  // A page that stays open would hear of it with a session's token of long ago, and the browser complains of the refusal.
  await member.page.goto('about:blank');
  aheadMs += ms;
  await house.sandbox.catchUp();
  await settled(house);
  await member.page.goto(address);
}

const says = (text: string | RegExp) => member.page.getByText(text).first().waitFor();
const press = (name: string | RegExp) => member.page.getByRole('button', { name }).click();
const standing = () => member.page.getByRole('region', { name: '我的会员' });

/** Cancels, and is told until when everything stays open. */
async function end(): Promise<void> {
  await press('取消会员');
  await member.page.getByRole('dialog').getByRole('button', { name: /结束$/ }).click();
  await standing().getByText(/会员将于 .* 结束。在此之前一切照常开放/).waitFor();
}

it('goes from free to a trial, and is charged when that is over', async () => {
  const { page } = member;
  tellOfFailure('membership', { member });
  await page.goto('/');
  await page.getByRole('listitem').filter({ hasText: 'Supporter' }).getByRole('link', { name: '免费试用 14 天' }).click();
  await page.getByLabel('名字').fill('林小雨');
  await page.getByLabel('邮箱').fill('xiaoyu@example.org');
  await page.getByLabel('密码', { exact: true }).fill('correct horse battery');
  await press('加入');
  // Back where they wanted to go; nothing has begun yet.
  await says(/先免费 14 天；首次付款 US\$5\.00/);
  await press('前往付款');
  await page.waitForURL(/stripe-sandbox/);
  await press('开始试用');
  await page.getByRole('heading', { name: '欢迎，你现在是Supporter了' }).waitFor();
  await says(/试用到 .* 结束，之后每月 US\$5\.00/);
  await page.goto(roomPath);
  await page.getByRole('textbox').first().waitFor();

  await later(14 * dayMs + 2 * hourMs, '/membership');
  await says(/每月 US\$5\.00。下次付款在/);
});

it('is upgraded for what was shown, to the cent', async () => {
  const { page } = member;
  tellOfFailure('membership', { member });
  await later(10 * dayMs, '/membership');
  await press('升级为Sustainer');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('row', { name: /“Supporter”尚未使用的部分.*-US\$3\.\d\d/ }).waitFor();
  const due = await dialog.getByRole('row', { name: /现在应付/ }).innerText();
  const amount = /US\$\d\.\d\d/.exec(due)?.[0] ?? '';
  await dialog.getByRole('button', { name: `支付 ${amount} 并更改` }).click();
  await standing().getByRole('heading', { name: 'Sustainer' }).waitFor();
  await press('账单与银行卡');
  await page.waitForURL(/stripe-sandbox/);
  await says(amount);
  await press('换成会被拒绝的卡');
  await page.getByRole('link', { name: '返回' }).click();
  // It has taken up the session by then: one whose renewal is cut off, and asked for again weeks later, is ended as stolen.
  await page.getByRole('heading', { name: '谢谢，你是Sustainer会员' }).waitFor();
});

it('says above every page that the card has failed, until it is mended, and nothing is lost', async () => {
  const { page } = member;
  tellOfFailure('membership', { member });
  await later(21 * dayMs, '/workshops');
  await page.getByRole('status').filter({ hasText: /你的 US\$12\.00 付款没有成功/ }).waitFor();
  await page.goto(roomPath);
  await page.getByRole('textbox').first().waitFor();
  await press('更新银行卡');
  await page.waitForURL(/stripe-sandbox/);
  await press('换成可用的卡');
  await page.getByRole('link', { name: '返回' }).click();
  await page.getByRole('heading', { name: '谢谢，你是Sustainer会员' }).waitFor();
  expect(await page.getByText(/付款没有成功/).count()).toBe(0);
});

it('buys a seat at the member’s price, gives it back, and ends with the day that is paid for', async () => {
  const { page } = member;
  tellOfFailure('membership', { member });
  await page.goto(workshopPath);
  await says('US$12.00');
  await press('购买座位');
  await page.waitForURL(/stripe-sandbox/);
  await press(/支付/);
  await page.getByRole('heading', { name: '你有座位了' }).waitFor();
  await press('退票');
  await press('是的，退票');
  await page.getByRole('heading', { name: /已退款|退款正在路上/ }).waitFor();

  await page.goto('/tickets');
  await page.getByRole('link', { name: '查看我的会员' }).click();
  await end();
  await press('保留“Sustainer”');
  await standing().getByText(/下次付款在/).waitFor();
  await end();
  await page.goto(roomPath);
  await page.getByRole('textbox').first().waitFor();
  await later(16 * dayMs, '/membership');
  await says(/会员将于 .* 结束/);
  await later(15 * dayMs, '/membership');
  await says(/按你的要求，“Sustainer”已于 .* 结束/);
  await page.goto(roomPath);
  await page.getByRole('link', { name: '成为Supporter' }).waitFor();
  expect(member.complaints).toEqual([]);
});
