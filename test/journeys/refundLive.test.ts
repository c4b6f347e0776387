/** In the middle of a live workshop: a refund ends the room and the media at once and says why; a network that is exchanged, or gone for a while, ends neither; nor does one over which no other path is found. */
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
  // A relay that nobody reaches, whose credentials are handed out all the same.
  const relay = { TURN_URLS: `turn:127.0.0.1:${await freePort()}?transport=tcp`, TURN_SECRET: 'known to two who never meet' };
  house = await openDemoHouse({ ...road.environment, ...relay, PORT: String(port), PUBLIC_URL: `http://localhost:${doors.port}` });
});
afterAll(async () => {
  await house?.close();
  await Promise.all([road.close(), doors.close()]);
});

/** How many pictures the other viewer has seen. */
const frames = (): Promise<number> => other.page.evaluate(() => document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0);

/** What a page did to have its road mended, and what its connections said of themselves. */
interface Diary {
  done: string[];
  /** The stage's transports go by another name when an ICE restart is asked for. */
  isMisdirected: boolean;
}

/** To be called before the page opens anything. */
async function keepDiary({ page }: Person): Promise<void> {
  await page.addInitScript(() => {
    const diary: Diary = { done: [], isMisdirected: false };
    Object.assign(window, { diary });
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (packet) {
      const name = typeof packet === 'string' ? /^\d+\["(stage:\w+)"/.exec(packet)?.[1] : undefined;
      if (name !== undefined) diary.done.push(name);
      const isAstray = diary.isMisdirected && name === 'stage:restartIce';
      send.call(this, isAstray ? String(packet).replace(/"transportId":"[^"]+"/, '"transportId":"nobody\'s"') : packet);
    };
    const { setConfiguration } = RTCPeerConnection.prototype;
    RTCPeerConnection.prototype.setConfiguration = function (configuration) {
      diary.done.push(configuration?.iceServers?.[0]?.credential === undefined ? 'no credentials' : 'credentials');
      setConfiguration.call(this, configuration);
    };
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener('connectionstatechange', () => diary.done.push(this.connectionState));
      }
    };
  });
}

const diaryOf = ({ page }: Person): Promise<string[]> => page.evaluate(() => (window as unknown as { diary: Diary }).diary.done);

/** Sends what asks for an ICE restart to nobody's transport, or where it belongs. */
const misdirect = ({ page }: Person, isMisdirected: boolean): Promise<void> =>
  page.evaluate((is) => {
    (window as unknown as { diary: Diary }).diary.isMisdirected = is;
  }, isMisdirected);

/** How often the other viewer has joined the stage. */
const joinings = (): Promise<number> => other.page.evaluate(() => performance.getEntriesByName('guildhall:stage-join').length);

/** Pictures come again, one after another, as they have for a while after a break. */
async function picturesGoOn(): Promise<void> {
  const before = await frames();
  await expect.poll(frames).toBeGreaterThan(before + 10);
}

it('takes the refunded member out of a live workshop, and nobody else', async ({ annotate }) => {
  const { crowd, password } = house;
  let refunded: Person;
  [organizer, host, refunded, other] = [await crowd.person(), await crowd.person(), await crowd.person(), await crowd.person({ colorScheme: 'dark' })];
  await keepDiary(other);
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
  await expect.poll(joinings).toBeGreaterThan(joined);
  await picturesGoOn();
});

it('builds the transports anew where an ICE restart is refused, or leads nowhere', async ({ annotate }) => {
  const { page } = other;
  const mending = ['stage:refreshIce', 'credentials', 'stage:restartIce'];
  const changeNetwork = (): Promise<void> => page.evaluate(() => void dispatchEvent(new Event('online')));
  let [joined, before] = [await joinings(), (await diaryOf(other)).length];
  await misdirect(other, true);
  await changeNetwork();
  await expect.poll(joinings).toBe(joined + 1);
  // The relay's new credentials come before the restart that needs them.
  expect((await diaryOf(other)).slice(before, before + 4)).toEqual([...mending, 'stage:join']);
  await picturesGoOn();

  await misdirect(other, false);
  [joined, before] = [await joinings(), (await diaryOf(other)).length];
  road.cut();
  const cutAt = performance.now();
  await changeNetwork();
  await page.getByText('The line broke. Mending it…').waitFor();
  // It was answered, and no other path is there to be found: the house does not wait until the browser gives up.
  await expect.poll(joinings).toBe(joined + 1);
  await annotate(`rebuilt ${Math.round(performance.now() - cutAt)} ms after the cut`);
  const meanwhile = (await diaryOf(other)).slice(before);
  expect(meanwhile.slice(0, 3)).toEqual(mending);
  expect(meanwhile).not.toContain('failed');
  // Nor is the line called whole before it is.
  await page.getByText('The line broke. Mending it…').waitFor();
  road.mend();
  await page.getByText('The line broke. Mending it…').waitFor({ state: 'detached' });
  await picturesGoOn();
  expect(await joinings()).toBe(joined + 1);
});
