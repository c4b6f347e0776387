/** When the stage is joined again. Milliseconds. */

/** Between attempts, by how many have failed; the last stands for all after it. */
const waits = [500, 1_000, 2_000, 5_000, 10_000];
/** A rebuilt stage is rejoined by everybody at once; each waits a random part of this. */
const resetSpread = 1_000;

/** How long to wait after so many failures. */
export function waitAfter(failures: number): number {
  return waits[Math.min(failures, waits.length - 1)] ?? 0;
}

/** How long to wait when everybody has to join again. Who sends does not: the others wait for their picture. */
export function partOfReset(isSending: boolean): number {
  return isSending ? 0 : Math.random() * resetSpread;
}
