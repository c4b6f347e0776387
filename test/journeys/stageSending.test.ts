/** What a host's browser truly sends: by WebRTC's own counters, in Chromium, and only as long as somebody receives it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../support/browser.js';
import { flowsOf, keepConnections, picturesOffered, type Flow } from '../support/media/connections.js';
import { comeBackAtOnce, holdFromCall, keepSaid, timesSaid } from '../support/media/heldAnswers.js';
import { openDemoHouse, type DemoHouse } from '../support/demoHouse.js';
import { buySeat } from './steps/buySeat.js';
import { goLive } from './steps/goLive.js';
import { publishWorkshop } from './steps/publishWorkshop.js';
import { signIn } from './steps/signIn.js';

let house: DemoHouse;
let organizer: Person;
let host: Person;
let member: Person;

beforeAll(async () => {
  house = await openDemoHouse();
  const { crowd } = house;
  [organizer, host, member] = [await crowd.person(), await crowd.person(), await crowd.person()];
});
afterAll(() => house?.close());

const sentBy = ({ page }: Person): Promise<Flow[]> => flowsOf(page, 'outbound-rtp');

/** Which of the pictures' layers the host sends. */
async function layersSent(): Promise<Record<string, boolean | undefined>> {
  return Object.fromEntries((await sentBy(host)).filter(({ kind }) => kind === 'video').map(({ rid = 'screen', active }) => [rid, active]));
}

async function screenSent(): Promise<Partial<Flow>> {
  return (await sentBy(host)).find(({ kind, rid }) => kind === 'video' && rid === undefined) ?? {};
}

/** What has been sent of the screen so far, and what of it has come to the member, in pictures. */
async function screenCounts(): Promise<{ sent: number; came: number }> {
  const [{ framesSent = 0, frameWidth }, flows] = await Promise.all([screenSent(), flowsOf(member.page, 'inbound-rtp')]);
  return { sent: framesSent, came: flows.find((flow) => flow.frameWidth === frameWidth)?.framesReceived ?? 0 };
}

/** How much of the screen comes to the member, of all that is sent: the share of its next twenty pictures. */
async function shareOfScreen(): Promise<number> {
  const before = await screenCounts();
  await expect.poll(async () => (await screenCounts()).sent, patience).toBeGreaterThanOrEqual(before.sent + 20);
  const after = await screenCounts();
  return (after.came - before.came) / (after.sent - before.sent);
}

const patience = { interval: 250 };

/** Nobody looks yet: after a while no picture is sent; nor is one taken up again when another track comes. */
async function sendsToNobody(workshopPath: string): Promise<void> {
  await goLive(host, workshopPath);
  await expect.poll(layersSent, patience).toEqual({ r0: false, r1: false, r2: false });
  await host.page.getByRole('button', { name: 'Share screen' }).click();
  await expect.poll(async () => (await screenSent()).framesSent, patience).toBeGreaterThan(0);
  await expect.poll(layersSent, patience).toEqual({ r0: false, r1: false, r2: false, screen: false });
}

/** The member comes, goes away while they are being let in, and is back at once: it is one stay, and they see the stage. */
async function comesAndStays(workshopPath: string): Promise<void> {
  const { page } = member;
  await page.goto(workshopPath);
  await holdFromCall(page, 'workshops:enter');
  await page.getByRole('link', { name: 'Enter the workshop' }).click();
  await expect.poll(() => timesSaid(page, 'workshops:enter')).toBe(1);
  await comeBackAtOnce(page, `a[href="${workshopPath}/live"]`);
  await page.locator('[data-first-frame]').waitFor();
}

/** How much of each sound has come to the member, in bytes. */
async function soundsHeard(): Promise<Map<string, number>> {
  return new Map((await flowsOf(member.page, 'inbound-rtp')).filter(({ kind }) => kind === 'audio').map(({ id, bytesReceived = 0 }) => [id, bytesReceived]));
}

/** By how much each sound has grown since, the one that has grown most first. */
async function grownSince(before: Map<string, number>): Promise<number[]> {
  return [...(await soundsHeard())].map(([id, bytes]) => bytes - (before.get(id) ?? 0)).toSorted((a, b) => b - a);
}

/** Of three sounds two stop when a host mutes the other: the voice, and what the screen plays. Both are back when its owner says so. */
async function mutedWithTheScreen(): Promise<void> {
  await organizer.page.getByRole('tab', { name: /People/ }).click();
  await organizer.page.getByRole('button', { name: 'What to do about Mara Lind' }).click();
  await organizer.page.getByRole('menuitem', { name: 'Mute', exact: true }).click();
  await host.page.getByText('Ines Carvalho muted you').waitFor();
  await expect.poll(async () => {
    const before = await soundsHeard();
    await expect.poll(async () => (await grownSince(before))[0], patience).toBeGreaterThan(1_000);
    return (await grownSince(before)).slice(1);
  }, patience).toEqual([0, 0]);
  const silent = await soundsHeard();
  await host.page.getByRole('button', { name: 'Unmute' }).click();
  await expect.poll(async () => (await grownSince(silent)).at(-1), patience).toBeGreaterThan(500);
}

it('sends a camera in three layers while somebody looks, a screen in full with its sound, and a voice that is silent for free', async () => {
  const { password } = house;
  for (const { page } of [host, member]) await keepConnections(page);
  await keepSaid(member.page);
  await Promise.all([signIn(organizer, 'organizer@rivet.example', password), signIn(host, 'host@rivet.example', password)]);
  const workshopPath = await publishWorkshop(organizer, { title: 'Allocators from scratch', host: 'Mara Lind', price: '12', capacity: '5' });
  // The member takes the time that it takes to give up what nobody needs.
  await Promise.all([sendsToNobody(workshopPath), signIn(member, 'member@rivet.example', password).then(() => buySeat(member, workshopPath))]);

  await comesAndStays(workshopPath);
  // The screen is large, the face beside it small: its lowest layer will do.
  await expect.poll(layersSent, patience).toEqual({ r0: true, r1: false, r2: false, screen: true });
  const screen = await screenSent();
  expect(screen).toMatchObject({ codec: 'video/VP8', scalabilityMode: 'L1T3', contentType: 'screenshare' });
  expect([screen.frameWidth, screen.frameHeight]).toEqual([screen.sourceWidth, screen.sourceHeight]);
  // What drops is pictures, not letters.
  const hints = await host.page.evaluate(() => [...document.querySelectorAll('video')].flatMap((video) => (video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks().map(({ contentHint }) => contentHint) : [])));
  expect(hints).toContain('text');
  const offered = await picturesOffered(host.page);
  expect(offered).toHaveLength(2);
  for (const names of offered) expect(names).toEqual(expect.arrayContaining(['VP8', 'H264']));

  // Two sounds: the voice, and what the screen plays, in both ears and with its pauses. A co-host speaks beside them.
  const sounds = (await sentBy(host)).filter(({ kind }) => kind === 'audio').map(({ fmtp }) => fmtp.split(';').toSorted());
  expect(sounds).toHaveLength(2);
  expect(sounds).toContainEqual(expect.arrayContaining(['stereo=0', 'usedtx=1', 'useinbandfec=1']));
  expect(sounds).toContainEqual(expect.arrayContaining(['stereo=1', 'usedtx=0', 'useinbandfec=1']));
  await organizer.page.goto(`${workshopPath}/live`);
  await organizer.page.getByRole('button', { name: 'Go on stage' }).click();
  const heard = async (): Promise<number> => (await flowsOf(member.page, 'inbound-rtp')).filter(({ kind, bytesReceived = 0 }) => kind === 'audio' && bytesReceived > 2_000).length;
  await expect.poll(heard, patience).toBe(3);
  // Two pictures: the screen, and the face of who speaks beside it. What the one that has moved least has shown.
  const seen = async (): Promise<number> => {
    const frames = await member.page.evaluate(() => [...document.querySelectorAll('video')].map((video) => video.getVideoPlaybackQuality().totalVideoFrames));
    return frames.length === 2 ? Math.min(...frames) : 0;
  };
  const before = await seen();
  await expect.poll(seen, patience).toBeGreaterThan(before + 2);
});

it('sends less of the screen to who saves data, and no sound of a host who is muted, until they say so', async () => {
  // Who saves data receives the screen's lowest temporal layer in full size: a fourth of its pictures, or more where a busy
  // machine has its encoder leave out pictures of the others.
  await member.page.getByRole('region', { name: 'Stage' }).hover();
  await member.page.getByRole('button', { name: 'Layout and picture' }).click();
  await member.page.getByRole('menuitemradio', { name: 'Save data' }).click();
  await expect.poll(shareOfScreen, patience).toBeLessThan(0.65);
  await member.page.getByRole('menuitemradio', { name: 'Best for this screen' }).click();
  await expect.poll(shareOfScreen, patience).toBeGreaterThan(0.8);
  await mutedWithTheScreen();
  // Whoever goes is let out once, as they were let in.
  await member.page.goBack();
  await expect.poll(() => timesSaid(member.page, 'workshops:leave')).toBe(1);
  expect(await timesSaid(member.page, 'workshops:enter')).toBe(1);
  expect([organizer, host, member].flatMap((person) => person.complaints)).toEqual([]);
});
