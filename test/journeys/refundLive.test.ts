/** In the middle of a live workshop: a refund ends the room and the media at once and says why; a network that is exchanged, or gone for a while, ends neither. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../support/browser.js';
import { openDemoHouse, type DemoHouse } from '../support/demoHouse.js';
import { openMediaRoad, type MediaRoad } from '../support/media/mediaRoad.js';
import { freePort } from '../support/processes.js';
import { openRoad, type Road } from '../support/road.js';
import { buySeat } from './steps/buySeat.js';
import { framesFlow, goLive } from './steps/goLive.js';
import { publishWorkshop } from './steps/publishWorkshop.js';
import { refund } from './steps/refund.js';
import { signIn } from './steps/signIn.js';

let house: DemoHouse;
let road: MediaRoad;
let doors: Road;
let organizer: Person;
let host: Person;
let other: Person;

beforeAll(async () => {
  [road, doors] = [await openMediaRoad(), await openRoad()];
  const port = await freePort();
  doors.leadTo(port);
  house = await openDemoHouse({ ...road.environment, PORT: String(port), PUBLIC_URL: `http://localhost:${doors.port}` });
});
afterAll(async () => {
  await house?.close();
  await Promise.all([road.close(), doors.close()]);
});

/** How many pictures the other viewer has seen. */
const frames = (): Promise<number> => other.page.evaluate(() => document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0);

/** Pictures come again, one after another, as they have for a while after a break. */
async function picturesGoOn(): Promise<void> {
  const before = await frames();
  await expect.poll(frames, { timeout: 20_000 }).toBeGreaterThan(before + 10);
}

it('takes the refunded member out of a live workshop, and nobody else', async ({ annotate }) => {
  const { crowd, password } = house;
  let refunded: Person;
  [organizer, host, refunded, other] = [await crowd.person(), await crowd.person(), await crowd.person(), await crowd.person({ colorScheme: 'dark' })];
  await signIn(organizer, 'organizer@rivet.example', password);
  await signIn(host, 'host@rivet.example', password);
  await signIn(refunded, 'member@rivet.example', password);
  await signIn(other, 'supporter@rivet.example', password);
  const workshopPath = await publishWorkshop(organizer, { title: 'Allocators from scratch', host: 'Mara Lind', price: '12', capacity: '5' });
  await buySeat(refunded, workshopPath);
  await buySeat(other, workshopPath);
  await goLive(host, workshopPath);
  for (const person of [refunded, other]) {
    await person.page.goto(`${workshopPath}/live`);
    await framesFlow(person);
  }

  await organizer.page.goto(`/desk${workshopPath}`);
  await annotate(`out after ${Math.round(await refund(organizer, refunded, 'Kofi Mensah'))} ms`);
  expect(await refunded.page.locator('video').count()).toBe(0);
  // The other one still sees, and is told nothing.
  await picturesGoOn();
  expect([organizer, host, refunded, other].flatMap((person) => person.complaints)).toEqual([]);
});

it('tells that the line broke, finds another one, and goes on', async ({ annotate }) => {
  const { page } = other;
  const broken = page.getByText('The line broke. Mending it…');
  const joinings = (): Promise<number> => page.evaluate(() => performance.getEntriesByName('guildhall:stage-join').length);
  const joined = await joinings();
  // The path is gone without a word of the browser's: WebRTC itself finds out, and another is asked for.
  road.forget();
  await broken.waitFor();
  await broken.waitFor({ state: 'detached' });
  await picturesGoOn();
  // The browsers say so: nothing is waited for.
  road.forget();
  const forgottenAt = performance.now();
  for (const person of [host, other]) await person.page.evaluate(() => dispatchEvent(new Event('online')));
  await picturesGoOn();
  await annotate(`pictures again ${Math.round(performance.now() - forgottenAt)} ms after a change of network`);
  expect([host, other].flatMap((person) => person.complaints)).toEqual([]);
  // Both times the transports stood, and nothing was joined anew.
  expect(await joinings()).toBe(joined);

  // No network at all, neither to the house nor for the media, for anybody: all is built anew when it is there again.
  road.cut();
  doors.cut();
  await page.getByText(/Offline since/).waitFor();
  road.mend();
  doors.mend();
  await expect.poll(joinings, { timeout: 20_000 }).toBeGreaterThan(joined);
  await picturesGoOn();
});
