import { setImmediate } from 'node:timers/promises';
import { StoreFailure } from '../failures.js';

const slice = 10;
const checkEvery = 32;

/** Keeps long work from holding up the process: it lets others run every ten milliseconds, and ends it at its time limit. */
export class Pace {
  readonly #deadline: number;
  #sliceEnd = performance.now() + slice;
  #steps = 0;

  /** @param maxTime milliseconds the whole may take; 0 is no limit */
  constructor(maxTime = 0) {
    this.#deadline = maxTime > 0 ? performance.now() + maxTime : Infinity;
  }

  /** True every so often: then `rest` should be awaited. Cheap enough to ask after each document. */
  get due(): boolean {
    this.#steps += 1;
    return this.#steps % checkEvery === 0 && performance.now() > this.#sliceEnd;
  }

  /** Lets others run. @throws MaxTimeMSExpired (50) past the time limit */
  async rest(): Promise<void> {
    await setImmediate();
    const now = performance.now();
    if (now > this.#deadline) throw new StoreFailure('MaxTimeMSExpired', 'operation exceeded time limit');
    this.#sliceEnd = now + slice;
  }
}
