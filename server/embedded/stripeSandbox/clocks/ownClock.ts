/** The sandbox's own clock, which may be set forward and stays so. */
import type { Store } from '../store/openStore.js';

const aheadSetting = 'clockAheadMs';

/** The time by which everybody lives who has no test clock. */
export interface OwnClock {
  now(): Date;
  /** By how many milliseconds it was set forward. */
  aheadMs(): number;
  /** Sets it forward by some milliseconds; settles when that is kept. */
  advance(ms: number): Promise<void>;
}

/** The world's clock and what was added to it. */
export function createOwnClock(store: Store, worldNow: () => Date): OwnClock {
  let aheadMs = Number(store.setting(aheadSetting) ?? 0);
  return {
    now: () => new Date(worldNow().getTime() + aheadMs),
    aheadMs: () => aheadMs,
    async advance(ms) {
      if (!(ms >= 0)) throw new RangeError('A clock does not go back.');
      aheadMs += ms;
      await store.write((draft) => draft.set(aheadSetting, String(aheadMs)));
    },
  };
}
