/**
 * Every page is held to axe: nothing serious or critical, in both languages and themes, from phone to desktop, and nothing
 * in the browser's console.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type Crowd, type Person, type PersonOptions } from '../support/browser.js';
import { freePort, startServer } from '../support/processes.js';
import { seriousFaults } from './steps/axe.js';
import { demoPassword, signIn } from './steps/signIn.js';
import { speakChinese } from './steps/speakChinese.js';

/** Each width, theme and language, and each language in each theme; the Chinese ones come last, for they change the member's own. */
const looks: PersonOptions[] = [
  { width: 390, height: 844, colorScheme: 'light', language: 'en' },
  { width: 1440, height: 900, colorScheme: 'dark', language: 'en' },
  { width: 820, height: 1100, colorScheme: 'light', language: 'zh-CN' },
  { width: 390, height: 844, colorScheme: 'dark', language: 'zh-CN' },
];

let folder: string;
let server: Awaited<ReturnType<typeof startServer>>;
let crowd: Crowd;
let workshop: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-axe-'));
  const port = await freePort();
  server = await startServer({ PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'warn' });
  crowd = await openBrowser(`http://localhost:${port}`);
  const listed = (await (await fetch(`${server.url}/api/workshops`)).json()) as { data: { id: string }[] };
  workshop = `/workshops/${listed.data[0]?.id ?? ''}`;
});

afterAll(async () => {
  await crowd?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What axe finds serious or critical on a page: the rule, and the elements that break it. */
async function findings(person: Person, address: string): Promise<string[]> {
  const { page } = person;
  await page.goto(address);
  await page.locator('main').first().waitFor();
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
  return (await seriousFaults(person)).map((fault) => `${address} ${fault}`);
}

describe.each(looks)('$width px, $colorScheme, $language', (look) => {
  it('has pages for visitors without a serious fault', async () => {
    const visitor = await crowd.person(look);
    const found: string[] = [];
    for (const address of ['/', '/workshops', workshop, '/sign-in', '/join', '/nowhere']) found.push(...(await findings(visitor, address)));
    expect(found).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('has pages for members and organizers without a serious fault', async () => {
    // Signed in with English words; the language is chosen in the settings.
    const organizer = await crowd.person({ ...look, language: 'en' });
    await signIn(organizer, 'organizer@rivet.example', demoPassword(server.output()));
    if (look.language === 'zh-CN') await speakChinese(organizer);
    await organizer.page.goto('/rooms');
    const room = await organizer.page.locator('main a[href^="/rooms/"]').first().getAttribute('href');
    const pages = ['/', room ?? '/rooms', '/tickets', '/settings', `${workshop}/console`, '/desk', '/desk/workshops', '/desk/people', '/desk/rooms', '/desk/money', '/desk/mail', '/desk/community'];
    const found: string[] = [];
    for (const address of pages) found.push(...(await findings(organizer, address)));
    expect(found).toEqual([]);
    expect(organizer.complaints).toEqual([]);
    await organizer.context.close();
  });
});
