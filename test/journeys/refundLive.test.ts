/** A refund in the middle of a live workshop: the member is out of the room and the media at once, and reads why. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type Crowd } from '../support/browser.js';
import { freePort, startServer } from '../support/processes.js';
import { buySeat } from './steps/buySeat.js';
import { framesFlow, goLive } from './steps/goLive.js';
import { publishWorkshop } from './steps/publishWorkshop.js';
import { refund } from './steps/refund.js';
import { demoPassword, signIn } from './steps/signIn.js';

let folder: string;
let server: Awaited<ReturnType<typeof startServer>>;
let crowd: Crowd;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-refund-'));
  const port = await freePort();
  server = await startServer({ PORT: String(port), DATA_DIR: folder, MEDIA_LISTEN_IP: '127.0.0.1', MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1', LOG_LEVEL: 'warn' });
  crowd = await openBrowser(`http://localhost:${port}`);
});
afterAll(async () => {
  await crowd?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

it('takes the refunded member out of a live workshop, and nobody else', async ({ annotate }) => {
  const password = demoPassword(server.output());
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
