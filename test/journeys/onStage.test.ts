/** A hand is raised in the audience, on a phone: invited, on stage, muted, taken off; beside a host who changes their camera, and a co-host. */
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import type { Page } from 'playwright-core';
import type { Person } from '../support/browser.js';
import { capturedBy, keepCaptures, plugIn } from '../support/media/captures.js';
import { openDemoHouse, type DemoHouse } from '../support/demoHouse.js';
import { buySeat } from './steps/buySeat.js';
import { framesFlow, goLive } from './steps/goLive.js';
import { publishWorkshop } from './steps/publishWorkshop.js';
import { signIn } from './steps/signIn.js';
import { speakChinese } from './steps/speakChinese.js';

let house: DemoHouse;
let organizer: Person;
let host: Person;
let member: Person;
let workshopPath: string;

beforeAll(async () => {
  house = await openDemoHouse();
  const { crowd } = house;
  [organizer, host, member] = [await crowd.person(), await crowd.person({ colorScheme: 'dark' }), await crowd.person({ width: 390, height: 844 })];
});
afterAll(() => house?.close());

async function takePictures(when = 'failed'): Promise<void> {
  for (const [name, { page }] of Object.entries({ organizer, host, member })) await page.screenshot({ path: `.cache/journeys/onStage-${when}-${name}.png` });
}

/** How many pictures of others and of oneself run on the page. */
const running = (page: Page): Promise<number> => page.evaluate(() => [...document.querySelectorAll('video')].filter((video) => video.getVideoPlaybackQuality().totalVideoFrames > 5).length);

/** How many pictures of whatever has had the fewest were seen; none where nothing is shown. */
const fewestPictures = (page: Page): Promise<number> => page.evaluate(() => [...document.querySelectorAll('video')].map((video) => video.getVideoPlaybackQuality().totalVideoFrames).toSorted((a, b) => a - b)[0] ?? 0);

/** The names of the devices whose pictures are on the page. */
const devicesSeen = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...document.querySelectorAll('video')].flatMap((video) => (video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks().map(({ label }) => label) : [])));

/** The host takes another camera in mid-talk; whoever watches goes on seeing. */
async function changeCamera(): Promise<void> {
  const { page } = host;
  await page.getByRole('button', { name: 'Camera and microphone' }).click();
  const cameras = page.getByRole('dialog').getByRole('combobox', { name: 'Camera', exact: true });
  const other = cameras.locator('option').nth(3);
  const name = (await other.textContent()) ?? '';
  expect(await devicesSeen(page)).not.toContain(name);
  await cameras.selectOption({ label: name });
  await expect.poll(() => devicesSeen(page)).toContain(name);
  await page.keyboard.press('Escape');
  const before = await fewestPictures(member.page);
  await expect.poll(() => fewestPictures(member.page)).toBeGreaterThan(before + 10);
}

/** Whoever has neither camera nor microphone may show a screen all the same, and look for what is missing before they go on stage. */
async function comesEmptyHanded(): Promise<void> {
  const { page } = organizer;
  await page.getByRole('button', { name: 'Share screen' }).click();
  await expect.poll(() => running(member.page)).toBe(2);
  await page.getByRole('button', { name: 'Stop sharing' }).click();
  await page.getByRole('button', { name: 'Camera and microphone' }).click();
  const dialog = page.getByRole('dialog', { name: 'Camera and microphone' });
  const check = dialog.getByRole('button', { name: 'Check camera and microphone' });
  await check.click();
  await dialog.getByRole('alert').waitFor();
  await plugIn(page);
  await check.click();
  await dialog.getByLabel('Microphone level').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => capturedBy(page)).toEqual([]);
  await page.getByRole('button', { name: 'Go on stage' }).click();
}

/** A speaker whose video is held comes back after a reload: their camera stays off, for it could not be sent. */
async function comesBackUnseen(): Promise<void> {
  await host.page.getByRole('button', { name: 'What to do about Kofi Mensah' }).click();
  await host.page.getByRole('menuitem', { name: 'Stop video and keep it off' }).click();
  await member.page.getByText('Mara Lind 关闭了你的视频').waitFor();
  await member.page.reload();
  await member.page.getByRole('button', { name: '打开摄像头和麦克风' }).click();
  await member.page.getByRole('button', { name: '静音', exact: true }).waitFor();
  expect(await capturedBy(member.page)).toEqual(['audio']);
  expect(await member.page.getByRole('button', { name: '打开摄像头', exact: true }).isDisabled()).toBe(true);
}

/** Asked out of the blue, the member has a look at themselves and would rather not: their camera goes off with the question. */
async function declines(): Promise<void> {
  await host.page.getByRole('combobox', { name: 'Invite somebody' }).click();
  await host.page.getByRole('option', { name: 'Kofi Mensah' }).click();
  const dialog = member.page.getByRole('dialog', { name: 'Mara Lind 邀请你上台' });
  await dialog.getByRole('button', { name: '检查摄像头和麦克风' }).click();
  await dialog.getByLabel('麦克风音量').waitFor();
  expect((await capturedBy(member.page)).toSorted()).toEqual(['audio', 'video']);
  await dialog.getByRole('button', { name: '暂时不了' }).click();
  await expect.poll(() => capturedBy(member.page)).toEqual([]);
}

/** The one who leads keeps the co-host muted, who reads of it, and lets them speak again. */
async function coHostIsMuted(): Promise<void> {
  const change = async (act: string): Promise<void> => {
    await host.page.getByRole('button', { name: 'What to do about Ines Carvalho' }).click();
    await host.page.getByRole('menuitem', { name: act }).click();
  };
  await change('Mute and keep muted');
  await organizer.page.getByText('Mara Lind muted you').waitFor();
  expect(await organizer.page.getByRole('button', { name: 'Unmute' }).isDisabled()).toBe(true);
  await change('Let them unmute');
  await organizer.page.getByRole('button', { name: 'Unmute' }).click();
  await organizer.page.getByRole('button', { name: 'Mute', exact: true }).waitFor();
}

/** The member asks; the host, at the console, takes the question on air and has its asker come on stage, beside the co-host. */
async function invitedFromTheConsole(): Promise<void> {
  await member.page.getByRole('tab', { name: '提问' }).click();
  await member.page.getByRole('textbox', { name: '问一个问题' }).fill('Why may two borrows not live at once?');
  await member.page.getByRole('tabpanel').getByRole('button', { name: '提问', exact: true }).click();
  await host.page.goto(`${workshopPath}/console`);
  await expect.poll(() => running(organizer.page)).toBe(1);
  const asked = host.page.getByRole('listitem').filter({ hasText: 'Why may two borrows not live at once?' });
  await asked.getByRole('button', { name: 'Answer now' }).click();
  await asked.getByRole('button', { name: 'Invite on stage' }).click();
  await member.page.getByRole('dialog', { name: 'Mara Lind 邀请你上台' }).getByRole('button', { name: '上台', exact: true }).click();
  for (const { page } of [organizer, host]) await expect.poll(() => running(page)).toBe(2);
  await takePictures('console');
}

it('a co-host comes beside a host: without any devices, and then with a camera of their own', async () => {
  onTestFailed(() => takePictures());
  const { password } = house;
  await signIn(organizer, 'organizer@rivet.example', password);
  await signIn(host, 'host@rivet.example', password);
  await signIn(member, 'member@rivet.example', password);
  workshopPath = await publishWorkshop(organizer, { title: 'Borrow checking by hand', host: 'Mara Lind', price: '12', capacity: '5' });
  await buySeat(member, workshopPath);
  await speakChinese(member);
  await keepCaptures(member.page);
  await keepCaptures(organizer.page, false);
  await goLive(host, workshopPath);
  await member.page.goto(`${workshopPath}/live`);
  await framesFlow(member);
  await organizer.page.goto(`${workshopPath}/live`);
  await comesEmptyHanded();
  await expect.poll(() => running(member.page)).toBe(2);
  await changeCamera();
});

it('a member comes on stage from the audience, and goes back', async () => {
  onTestFailed(() => takePictures());
  await host.page.getByRole('tab', { name: /People/ }).click();
  await declines();
  await member.page.getByRole('button', { name: '举手' }).click();
  await host.page.getByText('first time').waitFor();
  await takePictures('hand');
  await host.page.getByRole('button', { name: 'Invite Kofi Mensah onto the stage' }).click();
  await member.page.getByText('Mara Lind 邀请你上台').waitFor();
  await member.page.getByRole('button', { name: '检查摄像头和麦克风' }).click();
  await takePictures('invited');
  await member.page.getByRole('button', { name: '上台', exact: true }).click();
  await expect.poll(() => running(host.page)).toBe(3);
  await host.page.getByRole('button', { name: 'What to do about Kofi Mensah' }).waitFor();
  await takePictures('speaking');

  await host.page.getByRole('button', { name: 'What to do about Kofi Mensah' }).click();
  await host.page.getByRole('menuitem', { name: 'Mute and keep muted' }).click();
  await member.page.getByText('Mara Lind 将你静音了，需主持人允许后才能取消静音。').waitFor();
  expect(await member.page.getByRole('button', { name: '取消静音' }).isDisabled()).toBe(true);
  await host.page.getByRole('button', { name: 'What to do about Kofi Mensah' }).click();
  await host.page.getByRole('menuitem', { name: 'Let them unmute' }).click();
  await member.page.getByRole('button', { name: '取消静音' }).click();
  await member.page.getByRole('button', { name: '静音', exact: true }).waitFor();
  await takePictures('lifted');
  await comesBackUnseen();

  await host.page.getByRole('button', { name: 'What to do about Kofi Mensah' }).click();
  await host.page.getByRole('menuitem', { name: 'Take off the stage' }).click();
  await member.page.getByText('你的上台时间已结束').waitFor();
  await member.page.getByRole('button', { name: '举手' }).waitFor();
  await host.page.getByRole('button', { name: 'What to do about Kofi Mensah' }).waitFor({ state: 'detached' });
  await expect.poll(() => running(host.page)).toBe(2);
  // They see on, without having joined anew.
  await expect.poll(() => running(member.page)).toBe(2);
  await takePictures('off');
  await coHostIsMuted();
  await invitedFromTheConsole();
  expect([organizer, host, member].flatMap(({ complaints }) => complaints)).toEqual([]);
});
