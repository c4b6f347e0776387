/** A node that dies: from one moment on nothing it does has any effect outside it. */
import mongoose from 'mongoose';
import { vi } from 'vitest';
import type { House } from '../../support/house.js';

const writes = ['insertOne', 'insertMany', 'updateOne', 'updateMany', 'findOneAndUpdate', 'deleteOne', 'deleteMany', 'bulkWrite'] as const;

/** How far work got. */
export interface CutOff {
  /** Whether it was cut off, rather than done before that. */
  wasCut: boolean;
}

/**
 * Does some work as a node would that is killed after so many steps outside of it: writes to the store, and whatever is asked of
 * Stripe. What comes after that never happens, as it does not after `kill -9`; the work's own error is no matter.
 *
 */
export async function cutOffAfter(house: House, steps: number, work: () => Promise<unknown>): Promise<CutOff> {
  let left = steps;
  let wasCut = false;
  const step = (): void => {
    if (left === 0) {
      wasCut = true;
      throw new Error('the node is dead');
    }
    left -= 1;
  };
  const { deps } = house.app;
  const prototype = mongoose.mongo.Collection.prototype;
  const spies = writes.map((name) => {
    const real = prototype[name] as (...given: unknown[]) => Promise<unknown>;
    return vi.spyOn(prototype, name).mockImplementation(async function (this: unknown, ...given: unknown[]) {
      step();
      return real.apply(this, given);
    } as never);
  });
  const ask = deps.askStripe;
  deps.askStripe = async (...given: Parameters<typeof ask>) => {
    step();
    return ask(...given);
  };
  try {
    await work().catch(() => undefined);
  } finally {
    for (const spy of spies) spy.mockRestore();
    deps.askStripe = ask;
  }
  return { wasCut };
}
