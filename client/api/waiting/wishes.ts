/**
 * What a member wants to be so, until the server knows it: each wish is the input of one call, under the client id it was
 * given first. Of two about the same thing the later replaces the earlier.
 */
import { useSyncExternalStore } from 'react';
import type { z } from 'zod';
import type { Call } from '../../../shared/define.js';
import { call } from '../socket.js';
import { Queue, type Waiting } from './queue.js';

export interface WishOptions<T> {
  /** Names them in the browser's storage. */
  name: string;
  /** What a wish is about: one for each such thing. */
  idOf(input: T): string;
  /** Those of one lane come true one after the other; without it, each goes by itself. */
  laneOf?(input: T): string;
  /** Whether a refused one is kept, to be tried again. */
  keepsRefused: boolean;
}

/** The wishes of one kind: those that one call makes come true. */
export class Wishes<I extends z.ZodType, O extends z.ZodType> {
  readonly #queue: Queue<z.output<I>>;
  readonly #ears = new Set<(input: z.output<I>, output: z.output<O>) => void>();

  constructor(contract: Call<I, O>, private readonly options: WishOptions<z.output<I>>) {
    const { name, idOf, laneOf = idOf, keepsRefused } = options;
    this.#queue = new Queue<z.output<I>>({
      name, unit: 'changes', schema: contract.input as z.ZodType<z.output<I>>, laneOf, keepsRefused,
      deliver: async (input) => {
        const output = await call(contract, input as z.input<I>);
        for (const hear of [...this.#ears]) hear(input, output);
      },
    });
  }

  /** Puts a wish on its way, in place of what was wanted before of the same thing. False where too much waits already. */
  put(input: z.output<I>): boolean {
    return this.#queue.add(this.options.idOf(input), input);
  }

  /** Tries a refused one again. */
  again(input: z.output<I>): void {
    this.#queue.again(this.options.idOf(input));
  }

  /** Gives one up. */
  drop(input: z.output<I>): void {
    this.#queue.drop(this.options.idOf(input));
  }

  /** Calls `hear` with each wish that this tab made come true, and what the server answered; the answer stops it. */
  onTaken(hear: (input: z.output<I>, output: z.output<O>) => void): () => void {
    this.#ears.add(hear);
    return () => this.#ears.delete(hear);
  }

  /** All that is not so yet, in the order it was wanted. */
  get waiting(): Queue<z.output<I>>['waiting'] {
    return this.#queue.waiting;
  }
}

/** The wishes of one kind that are not so yet; renders again when that changes. */
export function useWishes<I extends z.ZodType, O extends z.ZodType>({ waiting }: Wishes<I, O>): readonly Waiting<z.output<I>>[] {
  return useSyncExternalStore(waiting.subscribe, waiting.get);
}
