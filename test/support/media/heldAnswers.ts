/** What a page says to the house over its socket, and what the house says to it: the first is noted, the second can be made to wait. */
import type { Page } from 'playwright-core';

interface Road {
  said: string[];
  isHeld: boolean;
  /** The call from which on everything that comes waits. */
  holdFrom: string | null;
  waiting: (() => void)[];
  /** How the answer to that call begins, and whether it is among what waits. https://socket.io/docs/v4/socket-io-protocol/ */
  answer: string | null;
  hasAnswer: boolean;
}

/** Notes what a page says. To be called before the page opens anything. */
export async function keepSaid(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const road: Road = { said: [], isHeld: false, holdFrom: null, waiting: [], answer: null, hasAnswer: false };
    const Original = window.WebSocket;
    window.WebSocket = class extends Original {
      override send(data: Parameters<WebSocket['send']>[0]): void {
        if (typeof data === 'string') {
          road.said.push(data);
          if (road.holdFrom !== null && data.includes(`["${road.holdFrom}"`)) Object.assign(road, { isHeld: true, holdFrom: null, answer: `43${Number.parseInt(data.slice(2), 10)}[` });
        }
        super.send(data);
      }

      override set onmessage(hear: ((event: MessageEvent) => void) | null) {
        this.addEventListener('message', (event) => {
          if (!road.isHeld) return hear?.(event);
          road.waiting.push(() => hear?.(event));
          road.hasAnswer ||= road.answer !== null && String(event.data).startsWith(road.answer);
        });
      }
    };
    Object.assign(window, { road });
  });
}

/** How often the page has made a call. */
export function timesSaid(page: Page, name: string): Promise<number> {
  return page.evaluate((call) => (window as unknown as { road: Road }).road.said.filter((text) => text.includes(`["${call}"`)).length, name);
}

/** Has everything wait that comes once a call is made. */
export async function holdFromCall(page: Page, name: string): Promise<void> {
  await page.evaluate((call) => void ((window as unknown as { road: Road }).road.holdFrom = call), name);
}

/**
 * Waits for the answer that is held, goes one page back, lets what has waited come while that page is there, and is forward again at once: all of it within the page,
 * for a test that asks for one step after the other could take longer than the page waits.
 *
 * @param mark - a selector for what the page before has, and this one has not.
 */
export async function comeBackAtOnce(page: Page, mark: string): Promise<void> {
  await page.evaluate(async (selector) => {
    const { road } = window as unknown as { road: Road };
    const drawn = (): Promise<number> => new Promise((resolve) => void requestAnimationFrame(resolve));
    const until = async (isThere: boolean): Promise<void> => {
      while ((document.querySelector(selector) !== null) !== isThere) await drawn();
    };
    while (!road.hasAnswer) await drawn();
    history.back();
    await until(true);
    await drawn();
    road.isHeld = false;
    for (const hear of road.waiting.splice(0)) hear();
    await drawn();
    history.forward();
    await until(false);
  }, mark);
}
