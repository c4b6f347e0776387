/** Answers that take their time on the way to a page, while whatever is told meanwhile overtakes them. */
import type { Page } from 'playwright-core';
import type { Call } from '../../../shared/define.js';

export interface HeldAnswers {
  /** How many are held. */
  count(): number;
  /** Lets them through, and all later ones. */
  release(): void;
}

/** Holds the answers to one call. Called before the page opens its connection. */
export async function holdAnswers(page: Page, { name }: Call): Promise<HeldAnswers> {
  const asked = new Set<string>();
  let held: (() => void)[] | null = [];
  await page.routeWebSocket(/\/socket\.io\//, (near) => {
    const far = near.connectToServer();
    near.onMessage((frame) => {
      // Socket.IO's frames: 42, the call's number, its name and input; its answer is 43 and that number.
      const number = /^42(\d+)\["([^"]+)"/.exec(String(frame));
      if (number?.[2] === name) asked.add(number[1] ?? '');
      far.send(frame);
    });
    far.onMessage((frame) => {
      const pass = (): void => near.send(frame);
      const number = /^43(\d+)\[/.exec(String(frame))?.[1] ?? '';
      if (held !== null && asked.has(number)) held.push(pass);
      else pass();
    });
  });
  return {
    count: () => held?.length ?? 0,
    release() {
      held?.forEach((pass) => pass());
      held = null;
    },
  };
}
