/** News of messages that are lost on the way to a page, or come out of their turn, as they do between nodes. */
import type { Page } from 'playwright-core';
import { chat } from '../../../shared/contracts/chat.js';

export interface DisturbedNews {
  /** What the page has asked of the past, as it was sent. */
  asked: string[];
  /** The next message told is lost, or comes after the one that follows it. */
  next(fault: 'late' | 'lost'): void;
}

/** Stands between a page and the server. Called before the page opens its connection. */
export async function disturbNews(page: Page): Promise<DisturbedNews> {
  const asked: string[] = [];
  let fault: 'late' | 'lost' | null = null;
  let held: string | null = null;
  await page.routeWebSocket(/socket\.io/, (line) => {
    const server = line.connectToServer();
    line.onMessage((frame) => {
      if (String(frame).includes(`"${chat.history.name}"`)) asked.push(String(frame));
      server.send(frame);
    });
    server.onMessage((frame) => {
      const isTold = String(frame).includes(`"${chat.posted.name}"`);
      if (isTold && fault !== null) {
        held = fault === 'late' ? String(frame) : null;
        fault = null;
        return;
      }
      line.send(frame);
      if (isTold && held !== null) line.send(held);
      if (isTold) held = null;
    });
  });
  return { asked, next: (wish) => void (fault = wish) };
}
