/** A member's seat: the lobby on a phone and a desk, the doors opening, how one watches, and a host whose devices go away in mid-talk. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../support/browser.js';
import { capturedBy, keepCaptures, plugIn, unplug } from '../support/media/captures.js';
import { flowsOf, keepConnections } from '../support/media/connections.js';
import { openDemoHouse, type DemoHouse } from '../support/demoHouse.js';
import { buySeat } from './steps/buySeat.js';
import { framesFlow } from './steps/goLive.js';
import { publishWorkshop } from './steps/publishWorkshop.js';
import { signIn } from './steps/signIn.js';
import { speakChinese } from './steps/speakChinese.js';
import { tellOfFailure } from './steps/tellOfFailure.js';

let house: DemoHouse;

beforeAll(async () => {
  house = await openDemoHouse();
});
afterAll(() => house?.close());

/** What has come of a kind so far, in bytes, by the browser's own count. */
async function bytesOf({ page }: Person, kind: 'audio' | 'video'): Promise<number> {
  const flows = await flowsOf(page, 'inbound-rtp');
  return flows.filter((flow) => flow.kind === kind).reduce((sum, { bytesReceived = 0 }) => sum + bytesReceived, 0);
}

/** Waits until no picture comes any more, while sound does. */
async function onlySoundComes(person: Person): Promise<void> {
  const moreSound = async (): Promise<void> => {
    const before = await bytesOf(person, 'audio');
    await expect.poll(() => bytesOf(person, 'audio')).toBeGreaterThan(before + 500);
  };
  await expect.poll(async () => {
    const before = await bytesOf(person, 'video');
    await moreSound();
    return (await bytesOf(person, 'video')) - before;
  }).toBe(0);
}

/** How tall the picture is that comes now, in pixels. */
async function heightOf({ page }: Person): Promise<number> {
  return (await flowsOf(page, 'inbound-rtp')).find(({ kind }) => kind === 'video')?.frameHeight ?? 0;
}

/** Whether anybody sees the page, as far as the page is told. */
async function setSeen({ page }: Person, isSeen: boolean): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isSeen ? 'visible' : 'hidden');
}

/** How many pictures have been shown. */
const pictures = ({ page }: Person): Promise<number> => page.evaluate(() => document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0);

/** The only microphone goes away and comes back; a camera that is off stays off while another one is chosen for it. */
async function lossIsMended({ page }: Person, member: Person): Promise<void> {
  await unplug(page, 'audio', false);
  await page.getByText('Nobody hears you').waitFor();
  await plugIn(page);
  await page.getByRole('button', { name: 'Turn microphone on' }).click();
  await page.getByRole('button', { name: 'Mute', exact: true }).waitFor();
  expect(await page.getByText('Nobody hears you').count()).toBe(0);
  const heard = await bytesOf(member, 'audio');
  await expect.poll(() => bytesOf(member, 'audio')).toBeGreaterThan(heard + 500);
  await page.getByRole('button', { name: 'Turn camera off' }).click();
  await page.getByRole('button', { name: 'Camera and microphone' }).click();
  await page.getByRole('dialog').getByRole('combobox', { name: 'Camera', exact: true }).selectOption({ index: 1 });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Turn camera on' }).click();
  await page.getByRole('button', { name: 'Turn camera off' }).waitFor();
  expect((await capturedBy(page)).toSorted()).toEqual(['audio', 'video']);
}

it('waits, sees the doors open at once, and watches as it likes', async ({ annotate }) => {
  const { crowd, password } = house;
  const [organizer, host, member, phone] = [await crowd.person(), await crowd.person(), await crowd.person(), await crowd.person({ colorScheme: 'dark', width: 390, height: 844 })];
  tellOfFailure('seats', { host, member, phone });
  await keepConnections(member.page);
  await signIn(organizer, 'organizer@rivet.example', password);
  await signIn(host, 'host@rivet.example', password);
  for (const person of [member, phone]) await signIn(person, 'member@rivet.example', password);
  const path = await publishWorkshop(organizer, { title: 'Allocators from scratch', host: 'Mara Lind', price: '12', capacity: '5' });
  await buySeat(member, path);

  // The lobby counts down, and the line is measured over the road that will carry the stage.
  for (const person of [member, phone]) {
    await person.page.goto(`${path}/live`);
    await person.page.getByText(/^Starts in \d+:\d\d/).waitFor();
    await person.page.locator('[data-line="measured"]').waitFor();
  }
  await member.page.getByRole('button', { name: 'In case you are invited on stage' }).click();
  await member.page.getByRole('button', { name: 'Check camera and microphone' }).click();
  await member.page.getByLabel('Microphone level').waitFor();

  await keepCaptures(host.page);
  await host.page.goto(`${path}/live`);
  await host.page.getByRole('button', { name: 'Go on stage' }).click();
  await host.page.getByText('Rehearsal, unseen').waitFor();
  await host.page.getByRole('button', { name: 'Go live' }).click();
  await host.page.getByRole('button', { name: 'Yes, go live' }).click();
  await host.page.getByText('Rehearsal, unseen').waitFor({ state: 'detached' });
  for (const person of [member, phone]) await framesFlow(person);
  await annotate(`first picture after ${await member.page.locator('[data-first-frame]').getAttribute('data-first-frame')} ms`);
  await expect.poll(() => member.page.getByText('2 here').count()).toBeGreaterThan(0);

  // Applause is seen by others.
  await member.page.getByRole('region', { name: 'Stage' }).hover();
  await member.page.getByRole('button', { name: 'React' }).click();
  await member.page.getByRole('button', { name: 'Celebrate' }).click();
  await phone.page.getByText('🎉').waitFor({ state: 'attached' });
  await member.page.keyboard.press('Escape');
  await member.page.getByRole('region', { name: 'Stage' }).hover();

  // The camera in the layer that its size asks for, in its lowest where data is saved, and in full again.
  const isTall = async (): Promise<boolean> => (await heightOf(member)) > 180;
  await expect.poll(isTall).toBe(true);
  await member.page.getByRole('button', { name: 'Layout and picture' }).click();
  for (const [choice, comesTall] of [['Save data', false], ['Best for this screen', true]] as const) {
    await member.page.getByRole('menuitemradio', { name: choice }).click();
    await expect.poll(isTall).toBe(comesTall);
  }
  await member.page.keyboard.press('Escape');

  // Sound alone, then all of it again, by the keyboard; what is chosen is found again after a reload.
  await member.page.keyboard.press('s');
  await member.page.getByRole('region', { name: 'Stage' }).getByText('Sound only', { exact: true }).waitFor();
  expect(await member.page.locator('video').count()).toBe(0);
  await onlySoundComes(member);
  await member.page.reload();
  await member.page.getByRole('region', { name: 'Stage' }).getByText('Sound only', { exact: true }).waitFor();
  await member.page.keyboard.press('s');
  await framesFlow(member);

  // Nothing for a page that nobody sees, until somebody does.
  await setSeen(member, false);
  await onlySoundComes(member);
  await setSeen(member, true);
  const unseen = await pictures(member);
  await expect.poll(() => pictures(member)).toBeGreaterThan(unseen + 5);
  // Over the whole display, and in a small window.
  await member.page.keyboard.press('f');
  await member.page.waitForFunction(() => document.fullscreenElement !== null);
  await member.page.keyboard.press('f');
  await member.page.waitForFunction(() => document.fullscreenElement === null);
  const [small] = await Promise.all([member.context.waitForEvent('page'), member.page.keyboard.press('p')]);
  await member.page.getByText('Playing in a small window').waitFor();
  await small.locator('video').waitFor();
  await member.page.getByRole('button', { name: 'Bring it back here' }).click();
  await member.page.locator('video').first().waitFor();

  // The microphone and the camera go away while the host speaks: others take their place, and the host is told.
  for (const [kind, word] of [['audio', 'microphone'], ['video', 'camera']] as const) {
    await unplug(host.page, kind);
    await host.page.getByText(new RegExp(`The ${word} is gone`)).waitFor();
    await host.page.getByRole('button', { name: 'OK' }).click();
  }
  const before = await pictures(member);
  await expect.poll(() => pictures(member)).toBeGreaterThan(before + 5);
  await lossIsMended(host, member);

  await speakChinese(phone);
  await phone.page.goto(`${path}/live`);
  await framesFlow(phone);
  await phone.page.getByRole('region', { name: '舞台' }).waitFor();
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect([organizer, host, member, phone].flatMap((person) => person.complaints)).toEqual([]);
});
