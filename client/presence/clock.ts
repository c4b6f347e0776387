/** The house's time, as far as this machine's clock is off it: who is away must not depend on how a laptop's clock is set. */
import { useNow } from '../ui/useNow.js';

let offsetMs = 0;

/** Takes the house's time, as it was just told. */
export function setHouseTime(at: string): void {
  offsetMs = Date.parse(at) - Date.now();
}

/** The house's time (ms), renewed every so many milliseconds. */
export function useHouseNow(everyMs: number): number {
  return useNow(everyMs) + offsetMs;
}
