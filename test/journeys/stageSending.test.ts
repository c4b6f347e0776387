/** What a host's browser truly sends: by WebRTC's own counters, in Chromium, and only as long as somebody receives it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../support/browser.js';
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

/** One row of WebRTC's counters of what is sent, with the source it is of. */
interface Sent {
  kind: string;
  rid?: string;
  active?: boolean;
  frameWidth?: number;
  frameHeight?: number;
  framesSent?: number;
  scalabilityMode?: string;
  contentType?: string;
  /** The size of what is captured. */
  sourceWidth?: number;
  sourceHeight?: number;
  codec: string;
  fmtp: string;
}

/** Keeps the page's connections where a test finds them. */
async function keepConnections({ page }: Person): Promise<void> {
  await page.addInitScript(() => {
    const kept: RTCPeerConnection[] = [];
    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        kept.push(this);
      }
    };
    Object.assign(window, { kept });
  });
}

function sentBy({ page }: Person): Promise<Sent[]> {
  return page.evaluate(async () => {
    const { kept } = window as unknown as { kept: RTCPeerConnection[] };
    const reports = await Promise.all(kept.filter((one) => one.connectionState !== 'closed').map((one) => one.getStats()));
    return reports.flatMap((report) => {
      const rows = [...report.values()] as Record<string, unknown>[];
      return rows.filter((row) => row['type'] === 'outbound-rtp').map((row) => {
        const codec = report.get(String(row['codecId'])) as Record<string, unknown> | undefined;
        const source = report.get(String(row['mediaSourceId'])) as Record<string, unknown> | undefined;
        return { ...row, sourceWidth: source?.['width'], sourceHeight: source?.['height'], codec: String(codec?.['mimeType']), fmtp: String(codec?.['sdpFmtpLine'] ?? '') } as unknown as Sent;
      });
    });
  });
}

/** Which of the pictures' layers are sent. */
async function layersOf(host: Person): Promise<Record<string, boolean | undefined>> {
  return Object.fromEntries((await sentBy(host)).filter(({ kind }) => kind === 'video').map(({ rid = 'screen', active }) => [rid, active]));
}

async function screenOf(host: Person): Promise<Partial<Sent>> {
  return (await sentBy(host)).find(({ kind, rid }) => kind === 'video' && rid === undefined) ?? {};
}

const patience = { timeout: 40_000, interval: 250 };

it('sends a camera in three layers while somebody looks, a screen in full, and a voice that is silent for free', async () => {
  const { crowd, password } = house;
  const [organizer, host, member] = [await crowd.person(), await crowd.person(), await crowd.person()];
  await keepConnections(host);
  await signIn(organizer, 'organizer@rivet.example', password);
  await signIn(host, 'host@rivet.example', password);
  await signIn(member, 'member@rivet.example', password);
  const workshopPath = await publishWorkshop(organizer, { title: 'Allocators from scratch', host: 'Mara Lind', price: '12', capacity: '5' });
  await buySeat(member, workshopPath);
  await goLive(host, workshopPath);
  // Nobody looks yet: after a while no picture is sent; nor is one taken up again when another track comes.
  await expect.poll(() => layersOf(host), patience).toEqual({ r0: false, r1: false, r2: false });
  await host.page.getByRole('button', { name: 'Share screen' }).click();
  await expect.poll(async () => (await screenOf(host)).framesSent, patience).toBeGreaterThan(0);
  await expect.poll(() => layersOf(host), patience).toEqual({ r0: false, r1: false, r2: false, screen: false });

  await member.page.goto(`${workshopPath}/live`);
  await member.page.locator('[data-first-frame]').waitFor();
  // The screen is large, the face beside it small: its lowest layer will do.
  await expect.poll(() => layersOf(host), patience).toEqual({ r0: true, r1: false, r2: false, screen: true });
  const screen = await screenOf(host);
  expect(screen).toMatchObject({ codec: 'video/VP8', scalabilityMode: 'L1T3', contentType: 'screenshare' });
  expect([screen.frameWidth, screen.frameHeight]).toEqual([screen.sourceWidth, screen.sourceHeight]);
  const sounds = (await sentBy(host)).filter(({ kind }) => kind === 'audio').map(({ fmtp }) => fmtp);
  expect(sounds).toContainEqual(expect.stringMatching(/usedtx=1.*useinbandfec=1|useinbandfec=1.*usedtx=1/));
  const seen = (): Promise<number> => member.page.evaluate(() => Math.min(...[...document.querySelectorAll('video')].map((video) => video.getVideoPlaybackQuality().totalVideoFrames)));
  const before = await seen();
  await expect.poll(seen, patience).toBeGreaterThan(before + 2);
  expect([organizer, host, member].flatMap((person) => person.complaints)).toEqual([]);
});
