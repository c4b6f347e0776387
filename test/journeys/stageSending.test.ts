/** What a host's browser truly sends: by WebRTC's own counters, in Chromium, and only as long as somebody receives it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../support/browser.js';
import { flowsOf, keepConnections, picturesOffered, type Flow } from '../support/media/connections.js';
import { openDemoHouse, type DemoHouse } from '../support/demoHouse.js';
import { buySeat } from './steps/buySeat.js';
import { goLive } from './steps/goLive.js';
import { publishWorkshop } from './steps/publishWorkshop.js';
import { signIn } from './steps/signIn.js';

let house: DemoHouse;

beforeAll(async () => {
  house = await openDemoHouse();
});
afterAll(() => house?.close());

const sentBy = ({ page }: Person): Promise<Flow[]> => flowsOf(page, 'outbound-rtp');

/** Which of the pictures' layers are sent. */
async function layersOf(host: Person): Promise<Record<string, boolean | undefined>> {
  return Object.fromEntries((await sentBy(host)).filter(({ kind }) => kind === 'video').map(({ rid = 'screen', active }) => [rid, active]));
}

async function screenOf(host: Person): Promise<Partial<Flow>> {
  return (await sentBy(host)).find(({ kind, rid }) => kind === 'video' && rid === undefined) ?? {};
}

/** What has been sent of the screen so far, and what of it has come to a viewer, in pictures. */
async function screenCounts(host: Person, viewer: Person): Promise<{ sent: number; came: number }> {
  const [{ framesSent = 0, frameWidth }, flows] = await Promise.all([screenOf(host), flowsOf(viewer.page, 'inbound-rtp')]);
  return { sent: framesSent, came: flows.find((flow) => flow.frameWidth === frameWidth)?.framesReceived ?? 0 };
}

/** How much of a screen comes to a viewer, of all that is sent: the share of its next twenty pictures. */
async function shareOfScreen(host: Person, viewer: Person): Promise<number> {
  const before = await screenCounts(host, viewer);
  await expect.poll(async () => (await screenCounts(host, viewer)).sent, patience).toBeGreaterThanOrEqual(before.sent + 20);
  const after = await screenCounts(host, viewer);
  return (after.came - before.came) / (after.sent - before.sent);
}

const patience = { interval: 250 };

/** Nobody looks yet: after a while no picture is sent; nor is one taken up again when another track comes. */
async function sendsToNobody(host: Person, workshopPath: string): Promise<void> {
  await goLive(host, workshopPath);
  await expect.poll(() => layersOf(host), patience).toEqual({ r0: false, r1: false, r2: false });
  await host.page.getByRole('button', { name: 'Share screen' }).click();
  await expect.poll(async () => (await screenOf(host)).framesSent, patience).toBeGreaterThan(0);
  await expect.poll(() => layersOf(host), patience).toEqual({ r0: false, r1: false, r2: false, screen: false });
}

it('sends a camera in three layers while somebody looks, a screen in full with its sound, and a voice that is silent for free', async () => {
  const { crowd, password } = house;
  const [organizer, host, member] = [await crowd.person(), await crowd.person(), await crowd.person()];
  for (const { page } of [host, member]) await keepConnections(page);
  await Promise.all([signIn(organizer, 'organizer@rivet.example', password), signIn(host, 'host@rivet.example', password)]);
  const workshopPath = await publishWorkshop(organizer, { title: 'Allocators from scratch', host: 'Mara Lind', price: '12', capacity: '5' });
  // The member takes the time that it takes to give up what nobody needs.
  await Promise.all([sendsToNobody(host, workshopPath), signIn(member, 'member@rivet.example', password).then(() => buySeat(member, workshopPath))]);

  await member.page.goto(`${workshopPath}/live`);
  await member.page.locator('[data-first-frame]').waitFor();
  // The screen is large, the face beside it small: its lowest layer will do.
  await expect.poll(() => layersOf(host), patience).toEqual({ r0: true, r1: false, r2: false, screen: true });
  const screen = await screenOf(host);
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
  // Who saves data receives the screen's lowest temporal layer in full size: a fourth of its pictures, or more where a busy
  // machine has its encoder leave out pictures of the others.
  await member.page.getByRole('region', { name: 'Stage' }).hover();
  await member.page.getByRole('button', { name: 'Layout and picture' }).click();
  await member.page.getByRole('menuitemradio', { name: 'Save data' }).click();
  await expect.poll(() => shareOfScreen(host, member), patience).toBeLessThan(0.65);
  await member.page.getByRole('menuitemradio', { name: 'Best for this screen' }).click();
  await expect.poll(() => shareOfScreen(host, member), patience).toBeGreaterThan(0.8);
  expect([organizer, host, member].flatMap((person) => person.complaints)).toEqual([]);
});
