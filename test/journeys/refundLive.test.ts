/** A refund in the middle of a live workshop: the member is out of the room and the media at once, and reads why. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDemoHouse, type DemoHouse } from '../support/demoHouse.js';
import { buySeat } from './steps/buySeat.js';
import { framesFlow, goLive } from './steps/goLive.js';
import { publishWorkshop } from './steps/publishWorkshop.js';
import { refund } from './steps/refund.js';
import { signIn } from './steps/signIn.js';

let house: DemoHouse;

beforeAll(async () => {
  house = await openDemoHouse();
});
afterAll(() => house?.close());

it('takes the refunded member out of a live workshop, and nobody else', async ({ annotate }) => {
  const { crowd, password } = house;
  const [organizer, host, refunded, other] = [await crowd.person(), await crowd.person(), await crowd.person(), await crowd.person({ colorScheme: 'dark' })];
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
  const frames = (): Promise<number> => other.page.evaluate(() => document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0);
  const before = await frames();
  await expect.poll(frames).toBeGreaterThan(before + 10);
  expect([organizer, host, refunded, other].flatMap((person) => person.complaints)).toEqual([]);
});
