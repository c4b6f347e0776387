import type { PersonHere } from '../../shared/contracts/presence.js';
import { limits } from '../../shared/limits.js';

/** How a person who is here is shown. */
export type Standing = 'available' | 'busy' | 'away';

const awayMs = limits.awayMinutes * 60_000;

/** How often it is looked anew (ms): away is a matter of minutes. */
export const lookEveryMs = 30_000;

/** Whoever says that they are busy is that, at the keyboard or not; else whoever has not been heard for a while is away. @param now - the house's time, ms. @param isSeen - everybody sees that they are here. */
export function standingOf({ status, heardAt }: Pick<PersonHere, 'status' | 'heardAt'>, now: number, isSeen = false): Standing {
  if (status === 'busy') return 'busy';
  return !isSeen && now - Date.parse(heardAt) > awayMs ? 'away' : 'available';
}
