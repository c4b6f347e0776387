/** People in real browsers: one Chromium with a fake camera and microphone, a context of its own for each person. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core';

const shellPath = '/usr/bin/chromium-headless-shell';

export const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Chromium without what stands around a page, where it is: the same pages for less of the machine. */
const pagesOnly = process.env['CHROMIUM_PATH'] ?? (existsSync(shellPath) ? shellPath : chromiumPath);

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Three people share two cores: nobody's page may be put to sleep for being in the background.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  // Three of each kind, so that one can be changed for another; the second gives pictures of 16 bits, which no encoder takes.
  '--use-fake-device-for-media-stream=device-count=3',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

export interface PersonOptions {
  language?: 'en' | 'zh-CN';
  colorScheme?: 'light' | 'dark';
  width?: number;
  height?: number;
}

/** Someone with a browser of their own. */
export interface Person {
  page: Page;
  context: BrowserContext;
  /** Errors and warnings of the browser's console and uncaught errors of its pages, so far. */
  complaints: string[];
  /** What their pages have asked for over HTTP and have not been answered yet. */
  unanswered: ReadonlySet<Request>;
  /** Opens another tab, whose complaints are heard as well. */
  openTab(): Promise<Page>;
}

export interface Crowd {
  browser: Browser;
  person(options?: PersonOptions): Promise<Person>;
  close(): Promise<void>;
}

export interface BrowserOptions {
  /** Pages that are left are kept for the way back to them, as browsers of people do and those of tests do not. Only the whole Chromium can. */
  keepsPages?: boolean;
  /** Flags for Chromium beside the usual ones. */
  more?: readonly string[];
}

/** Opens a browser on a house. `url` is where all its people are. */
export async function openBrowser(url: string, { keepsPages = false, more = [] }: BrowserOptions = {}): Promise<Crowd> {
  const kind = keepsPages ? { executablePath: chromiumPath, ignoreDefaultArgs: ['--disable-back-forward-cache'] } : { executablePath: pagesOnly };
  const browser = await chromium.launch({ ...kind, headless: true, args: [...flags, ...more] });
  return {
    browser,
    async person({ language = 'en', colorScheme = 'light', width = 1280, height = 800 } = {}) {
      const context = await browser.newContext({ baseURL: url, locale: language, colorScheme, viewport: { width, height }, timezoneId: 'Europe/Berlin', permissions: ['camera', 'microphone'] });
      context.setDefaultTimeout(30_000);
      const complaints: string[] = [];
      const unanswered = new Set<Request>();
      context.on('request', (request) => unanswered.add(request));
      context.on('requestfinished', (request) => unanswered.delete(request));
      context.on('requestfailed', (request) => unanswered.delete(request));
      const openTab = async (): Promise<Page> => {
        const page = await context.newPage();
        listenToConsole(page, complaints);
        return page;
      };
      return { page: await openTab(), context, complaints, unanswered, openTab };
    },
    close: () => browser.close(),
  };
}

function listenToConsole(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
}
