/**
 * What a member wants to be so, on its way to the server: it waits while there is no connection, also over a loading of the
 * page, and goes out under the id it was given first. Of two wishes about the same thing the later replaces the earlier.
 */
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import type { Call } from '../../shared/define.js';
import { AppError } from '../../shared/failures.js';
import { session } from './session.js';
import { call, onConnected } from './socket.js';
import { createStore } from './store.js';

export interface Intent<I> {
  input: I;
  /** Why the server refused it; null while it is on its way. */
  refusal: AppError | null;
}

const unsent = createStore<ReadonlyMap<string, number>>(new Map());

/** The wishes of one kind: those that one call makes come true. */
export class Intents<I extends z.ZodType, O extends z.ZodType> {
  readonly #wanted = createStore<readonly Intent<z.output<I>>[]>([]);
  readonly #ears = new Set<(input: z.output<I>, output: z.output<O>) => void>();
  readonly #sending = new Set<string>();
  #memberId: string | null = null;

  /**
   * @param name - under which they are kept in this browser's session.
   * @param keyOf - what a wish is about: one for each such thing.
   */
  constructor(readonly name: string, readonly contract: Call<I, O>, readonly keyOf: (input: z.output<I>) => string) {
    session.subscribe(() => this.#followSession());
    this.#followSession();
    onConnected(() => this.#sendAll());
  }

  /** Puts a wish on its way, in place of what was wanted before of the same thing. */
  put(input: z.output<I>): void {
    const key = this.keyOf(input);
    this.#change([...this.#without(key), { input, refusal: null }]);
    void this.#send(key);
  }

  /** Calls `hear` with each wish that came true, and what the server answered; the answer stops it. */
  onTaken(hear: (input: z.output<I>, output: z.output<O>) => void): () => void {
    this.#ears.add(hear);
    return () => this.#ears.delete(hear);
  }

  /** All that is not so yet. */
  readonly all = (): readonly Intent<z.output<I>>[] => this.#wanted.get();

  readonly subscribe = (listener: () => void): (() => void) => this.#wanted.subscribe(listener);

  #without(key: string): Intent<z.output<I>>[] {
    return this.#wanted.get().filter(({ input }) => this.keyOf(input) !== key);
  }

  #show(next: readonly Intent<z.output<I>>[]): void {
    this.#wanted.set(next);
    unsent.set(new Map(unsent.get()).set(this.name, next.filter(({ refusal }) => refusal === null).length));
  }

  #change(next: readonly Intent<z.output<I>>[]): void {
    this.#show(next);
    if (this.#memberId === null) return;
    const kept = next.filter(({ refusal }) => refusal === null).map(({ input }) => input);
    sessionStorage.setItem(this.#storageKey(this.#memberId), JSON.stringify(kept));
  }

  /** Sends what is wanted of one thing, until it is so, or refused, or the connection is gone. */
  async #send(key: string): Promise<void> {
    if (this.#sending.has(key)) return;
    this.#sending.add(key);
    try {
      for (;;) {
        const next = this.#wanted.get().find(({ input, refusal }) => this.keyOf(input) === key && refusal === null);
        if (next === undefined || !(await this.#sendOne(key, next))) return;
      }
    } finally {
      this.#sending.delete(key);
    }
  }

  async #sendOne(key: string, one: Intent<z.output<I>>): Promise<boolean> {
    try {
      const output = await call(this.contract, one.input as z.input<I>);
      for (const hear of [...this.#ears]) hear(one.input, output);
      // What was wanted meanwhile stays, and goes out next.
      this.#change(this.#wanted.get().filter((other) => other !== one));
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) return false;
      if (this.#wanted.get().includes(one)) this.#change([...this.#without(key), { ...one, refusal: error }]);
      return true;
    }
  }

  #sendAll(): void {
    for (const { input } of this.#wanted.get()) void this.#send(this.keyOf(input));
  }

  #storageKey(memberId: string): string {
    return `guildhall.${this.name}.${memberId}`;
  }

  #followSession(): void {
    const next = session.get().me?.id ?? null;
    if (next === this.#memberId) return;
    this.#memberId = next;
    this.#show(next === null ? [] : readKept(this.#storageKey(next), this.contract.input).map((input) => ({ input, refusal: null })));
    this.#sendAll();
  }
}

/** The wishes of one kind that are not so yet; renders again when that changes. */
export function useIntents<I extends z.ZodType, O extends z.ZodType>(intents: Intents<I, O>): readonly Intent<z.output<I>>[] {
  return useSyncExternalStore(intents.subscribe, intents.all);
}

/** How many wishes of all kinds are on their way. */
export function useUnsent(): number {
  const counts = useSyncExternalStore(unsent.subscribe, unsent.get);
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function readKept<I extends z.ZodType>(key: string, input: I): z.output<I>[] {
  const text = sessionStorage.getItem(key);
  if (text === null) return [];
  try {
    return z.array(input).parse(JSON.parse(text));
  } catch {
    sessionStorage.removeItem(key);
    return [];
  }
}
