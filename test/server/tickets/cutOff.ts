/** A node that dies: from one moment on nothing it does has any effect outside it. */
import mongoose from 'mongoose';
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
  const reals = writes.map((name) => [name, prototype[name]] as const);
  const put = (name: string, value: unknown): unknown => Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  for (const [name, real] of reals) {
    put(name, async function (this: unknown, ...given: unknown[]): Promise<unknown> {
      step();
      return Reflect.apply(real, this, given);
    });
  }
  const ask = deps.askStripe;
  deps.askStripe = async (...given: Parameters<typeof ask>) => {
    step();
    return ask(...given);
  };
  try {
    await work().catch(() => undefined);
  } finally {
    for (const [name, real] of reals) put(name, real);
    deps.askStripe = ask;
  }
  return { wasCut };
}
