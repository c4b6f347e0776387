/**
 * Every page is held to axe: nothing serious or critical, in both languages and themes, from phone to desktop, and nothing
 * in the browser's console. And nothing moves away from under a finger because something else has come.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../support/browser.js';
import { openDemoHouse, type DemoHouse } from '../support/demoHouse.js';
import { seriousFaults } from './steps/axe.js';
import { roadsTried } from './steps/roadsTried.js';
import { signIn } from './steps/signIn.js';
import { shiftsWhileLoading } from './steps/shiftsWhileLoading.js';
import { speakChinese } from './steps/speakChinese.js';

/** How a page is looked at: it is opened once in a language, and then held in the other look without being opened again. */
interface Look {
  width: number;
  height: number;
  colorScheme: 'light' | 'dark';
}

/** Each width and theme in one of the languages, and each language in both themes; the Chinese ones come last, for they change the member's own. */
const looks: { language: 'en' | 'zh-CN'; held: [Look, Look] }[] = [
  { language: 'en', held: [{ width: 390, height: 844, colorScheme: 'light' }, { width: 1440, height: 900, colorScheme: 'dark' }] },
  { language: 'zh-CN', held: [{ width: 390, height: 844, colorScheme: 'dark' }, { width: 820, height: 1100, colorScheme: 'light' }] },
];

let house: DemoHouse;
let workshop: string;

beforeAll(async () => {
  house = await openDemoHouse();
  const listed = (await (await fetch(`${house.url}/api/workshops`)).json()) as { data: { id: string }[] };
  workshop = `/workshops/${listed.data[0]?.id ?? ''}`;
});

afterAll(() => house?.close());

/** All that the page has asked for has come, and for a moment it has asked for no more. */
async function allIsThere({ page, unanswered }: Person): Promise<void> {
  let quietRounds = 0;
  await expect.poll(async () => {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    quietRounds = unanswered.size === 0 ? quietRounds + 1 : 0;
    return quietRounds;
  }, { interval: 25 }).toBeGreaterThan(3);
}

/** What axe finds serious or critical on a page in each look: the rule, and the elements that break it. */
async function findings(person: Person, address: string, held: readonly Look[]): Promise<string[]> {
  const { page } = person;
  await page.goto(address);
  await page.locator('main').first().waitFor();
  await allIsThere(person);
  const found: string[] = [];
  for (const { width, height, colorScheme } of held) {
    await page.setViewportSize({ width, height });
    // Without motion a colour is at once what it will be.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    found.push(...(await seriousFaults(person)).map((fault) => `${address} ${width} px ${colorScheme} ${fault}`));
  }
  return found;
}

describe.each(looks)('$language', ({ language, held }) => {
  it('has pages for visitors without a serious fault', async () => {
    const visitor = await house.crowd.person({ language });
    const found: string[] = [];
    for (const address of ['/', '/workshops', workshop, '/sign-in', '/join', '/nowhere']) found.push(...(await findings(visitor, address, held)));
    expect(found).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('has pages for members and organizers without a serious fault', async () => {
    // Signed in with English words; the language is chosen in the settings.
    const organizer = await house.crowd.person();
    await signIn(organizer, 'organizer@rivet.example', house.password);
    if (language === 'zh-CN') await speakChinese(organizer);
    await organizer.page.goto('/rooms');
    const room = await organizer.page.locator('main a[href^="/rooms/"]').first().getAttribute('href');
    const pages = ['/', room ?? '/rooms', '/mentions', '/tickets', '/membership', '/settings', '/moderation', `${workshop}/console`, '/desk', '/desk/attention', '/desk/workshops', '/desk/people', '/desk/rooms', '/desk/tiers', '/desk/coupons', '/desk/money', '/desk/mail', '/desk/community', '/desk/doctor'];
    const found: string[] = [];
    for (const address of pages) found.push(...(await findings(organizer, address, held)));
    expect(found).toEqual([]);
    // On a busy machine a road may carry less than a picture.
    if (language === 'en') expect(await roadsTried(organizer)).toEqual({ udp: expect.stringMatching(/good|fair/) as string, tcp: expect.stringMatching(/good|fair/) as string, relay: 'none' });
    expect(organizer.complaints).toEqual([]);
    await organizer.context.close();
  });
});

it.each([{ width: 1280, height: 800 }, { width: 390, height: 844 }])('leaves what is there in its place while more comes, at $width px', async (size) => {
  const organizer = await house.crowd.person(size);
  await signIn(organizer, 'organizer@rivet.example', house.password);
  const moved: Record<string, string[]> = {};
  for (const address of ['/', workshop, '/tickets', '/moderation', '/desk/workshops']) moved[address] = await shiftsWhileLoading(organizer, address);
  expect(moved).toEqual({ '/': [], [workshop]: [], '/tickets': [], '/moderation': [], '/desk/workshops': [] });
  expect(organizer.complaints).toEqual([]);
  await organizer.context.close();
});
