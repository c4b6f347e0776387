/**
 * Takes pictures of the house as it runs: the demo community, a host on stage, members in the seats. `--all FOLDER` takes
 * every page, phone and desktop, light and dark, in both languages; without it, the one that README shows.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { signIn } from '../journeys/steps/signIn.js';
import { demoPassword } from '../support/demoHouse.js';
import { speakChinese } from '../journeys/steps/speakChinese.js';
import { chromiumPath, openBrowser, type Crowd, type Person, type PersonOptions } from '../support/browser.js';
import { freePort, startServer } from '../support/processes.js';
import { makeFilm } from './cameraFilm.js';

const { values } = parseArgs({ options: { all: { type: 'string' } } });
const readmePicture = 'tools/pictures/live.png';

const folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-pictures-'));
const port = await freePort();
const server = await startServer({ PORT: String(port), DATA_DIR: folder, MEDIA_LISTEN_IP: '127.0.0.1', MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1', LOG_LEVEL: 'warn' });
const film = await makeFilm(folder, chromiumPath);
const crowd = await openBrowser(`http://localhost:${port}`, { more: [`--use-file-for-fake-video-capture=${film}`] });
try {
  const password = demoPassword(server.output());
  const { host, supporter, workshop } = await goLive(crowd, password);
  await mkdir(path.dirname(readmePicture), { recursive: true });
  // A busy machine may never call its connection good; the picture is taken all the same.
  await supporter.page.getByText('Connection good').waitFor({ timeout: 20_000 }).catch(() => undefined);
  await supporter.page.screenshot({ path: readmePicture });
  if (values.all) await takeAll(crowd, { folder: values.all, password, workshop });
  await host.context.close();
} finally {
  await crowd.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Puts the demo's open workshop on air: a host with a camera, somebody in the seats, a talk and a question under way. */
async function goLive(people: Crowd, password: string): Promise<{ host: Person; supporter: Person; workshop: string }> {
  const [host, supporter] = [await people.person(), await people.person({ width: 1440, height: 860, colorScheme: 'dark' })];
  await signIn(host, 'host@rivet.example', password);
  await signIn(supporter, 'supporter@rivet.example', password);
  await supporter.page.goto('/');
  await supporter.page.getByRole('link', { name: /Office hours/ }).first().click();
  await supporter.page.waitForURL(/\/workshops\//);
  const workshop = new URL(supporter.page.url()).pathname.replace(/\/live$/, '');
  await supporter.page.goto(workshop);
  await supporter.page.getByRole('button', { name: 'Get a seat' }).click();
  await supporter.page.waitForURL(/\/orders\//);
  await host.page.goto(`${workshop}/live`);
  await host.page.getByRole('button', { name: 'Go on stage' }).click();
  await host.page.getByRole('button', { name: 'Go live' }).click();
  await host.page.getByRole('button', { name: 'Yes, go live' }).click();
  await supporter.page.goto(`${workshop}/live`);
  await supporter.page.locator('[data-first-frame]').waitFor();
  await talk(host, supporter, workshop);
  return { host, supporter, workshop };
}

async function talk(host: Person, supporter: Person, workshop: string): Promise<void> {
  await supporter.page.getByRole('tab', { name: /Questions/ }).click();
  for (const text of ['What happens to a loan when the task is cancelled half-way?', '可以和旧的读取接口一起用吗？', 'Will registered buffers work on older kernels?']) {
    await supporter.page.getByRole('textbox', { name: 'Ask a question' }).fill(text);
    await supporter.page.getByRole('button', { name: 'Ask', exact: true }).click();
    await supporter.page.getByText(text).first().waitFor();
  }
  const desk = await host.context.newPage();
  await desk.goto(`${workshop}/console`);
  await desk.getByRole('button', { name: 'Approve' }).first().click();
  await desk.getByRole('button', { name: 'Answer now' }).first().click();
  await supporter.page.getByText(/Answering now/).waitFor();
  await desk.close();
}

interface Tour {
  folder: string;
  password: string;
  workshop: string;
}

/** Each page as a visitor, a member, a host and an organizer see it. */
async function takeAll(people: Crowd, tour: Tour): Promise<void> {
  await mkdir(tour.folder, { recursive: true });
  const looks: PersonOptions[] = [
    { width: 1440, height: 900, colorScheme: 'light', language: 'en' },
    { width: 390, height: 844, colorScheme: 'light', language: 'en' },
    { width: 820, height: 1100, colorScheme: 'dark', language: 'en' },
    // The last one changes the members' own language.
    { width: 390, height: 844, colorScheme: 'dark', language: 'zh-CN' },
  ];
  for (const look of looks) {
    const name = `${look.width}-${look.colorScheme}-${look.language}`;
    const visitor = await people.person(look);
    await shoot(visitor, ['/', tour.workshop, '/sign-in', '/join'], path.join(tour.folder, `${name}-visitor`));
    await visitor.context.close();
    await takeAs(people, look, 'supporter@rivet.example', ['/', '/rooms', '/mentions', tour.workshop, `${tour.workshop}/live`, '/tickets', '/settings'], `${name}-member`, tour);
    await takeAs(people, look, 'organizer@rivet.example', ['/desk', '/desk/workshops', '/desk/people', '/desk/rooms', '/desk/money', `${tour.workshop}/console`], `${name}-organizer`, tour);
  }
}

async function takeAs(people: Crowd, look: PersonOptions, email: string, pages: readonly string[], name: string, tour: Tour): Promise<void> {
  // Signed in before the language is changed in the settings: the words of the form are English.
  const person = await people.person({ ...look, language: 'en' });
  await signIn(person, email, tour.password);
  if (look.language === 'zh-CN') await speakChinese(person);
  await shoot(person, pages, path.join(tour.folder, name));
  await person.page.goto('/rooms');
  const room = await person.page.locator('main a[href^="/rooms/"]').first().getAttribute('href');
  await shoot(person, [room ?? '/rooms'], path.join(tour.folder, name));
  await person.context.close();
}

async function shoot({ page }: Person, pages: readonly string[], prefix: string): Promise<void> {
  for (const address of pages) {
    await page.goto(address, { waitUntil: 'load' });
    await page.locator('main, [role=main]').first().waitFor();
    // Pictures may wait for what is still loading; nothing is judged by this.
    await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
    await page.screenshot({ path: `${prefix}${address.replace(/[0-9a-f]{24}/, 'id').replaceAll('/', '_')}.png` });
  }
}
