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

export interface Intents<I, O> {
  /** Puts a wish on its way, in place of what was wanted before of the same thing. */
  put(input: I): void;
  /** Gives up what was wanted of a thing. */
  discard(key: string): void;
  /** Calls `hear` with each wish that came true, and what the server answered; the answer stops it. */
  onTaken(hear: (input: I, output: O) => void): () => void;
  /** All that is not so yet; renders again when that changes. */
  use(): readonly Intent<I>[];
}

const unsent = createStore<ReadonlyMap<string, number>>(new Map());

/**
 * @param name - under which the wishes are kept in this browser's session.
 * @param keyOf - what a wish is about: one for each such thing.
 */
export function createIntents<I extends z.ZodType, O extends z.ZodType>(name: string, contract: Call<I, O>, keyOf: (input: z.output<I>) => string): Intents<z.output<I>, z.output<O>> {
  type Input = z.output<I>;
  const wanted = createStore<readonly Intent<Input>[]>([]);
  const ears = new Set<(input: Input, output: z.output<O>) => void>();
  const sending = new Set<string>();
  const storageKey = (memberId: string): string => `guildhall.${name}.${memberId}`;
  let memberId: string | null = null;

  const show = (next: readonly Intent<Input>[]): void => {
    wanted.set(next);
    unsent.set(new Map(unsent.get()).set(name, next.filter(({ refusal }) => refusal === null).length));
  };
  const change = (next: readonly Intent<Input>[]): void => {
    show(next);
    if (memberId !== null) sessionStorage.setItem(storageKey(memberId), JSON.stringify(next.filter(({ refusal }) => refusal === null).map(({ input }) => input)));
  };
  const without = (key: string): Intent<Input>[] => wanted.get().filter(({ input }) => keyOf(input) !== key);

  /** Sends what is wanted of one thing, until it is so, or refused, or the connection is gone. */
  const send = async (key: string): Promise<void> => {
    if (sending.has(key)) return;
    sending.add(key);
    try {
      for (;;) {
        const next = wanted.get().find(({ input, refusal }) => keyOf(input) === key && refusal === null);
        if (next === undefined || !(await sendOne(key, next))) return;
      }
    } finally {
      sending.delete(key);
    }
  };
  const sendOne = async (key: string, one: Intent<Input>): Promise<boolean> => {
    try {
      const output = await call(contract, one.input as z.input<I>);
      // What was wanted meanwhile stays, and goes out next.
      change(wanted.get().filter((other) => other !== one));
      for (const hear of [...ears]) hear(one.input, output);
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) return false;
      if (wanted.get().includes(one)) change([...without(key), { ...one, refusal: error }]);
      return true;
    }
  };
  const sendAll = (): void => {
    for (const { input } of wanted.get()) void send(keyOf(input));
  };
  const followSession = (): void => {
    const next = session.get().me?.id ?? null;
    if (next === memberId) return;
    memberId = next;
    show(next === null ? [] : readKept(storageKey(next), contract.input).map((input) => ({ input, refusal: null })));
    sendAll();
  };

  session.subscribe(followSession);
  followSession();
  onConnected(sendAll);
  return {
    put(input) {
      change([...without(keyOf(input)), { input, refusal: null }]);
      void send(keyOf(input));
    },
    discard: (key) => change(without(key)),
    onTaken(hear) {
      ears.add(hear);
      return () => ears.delete(hear);
    },
    use: () => useSyncExternalStore(wanted.subscribe, wanted.get),
  };
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
