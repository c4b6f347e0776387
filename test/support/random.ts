/** Chance that can be played again: the same seed, the same decisions. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Whether something that happens with this chance happens now. */
  chance(share: number): boolean;
  between(low: number, high: number): number;
  pick<T>(among: readonly T[]): T | undefined;
  /** A random of its own for one of many, so that none disturbs another's decisions. */
  fork(number: number): Random;
}

/** Mulberry32 (Tommy Ettinger, public domain). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (share) => next() < share,
    between: (low, high) => low + next() * (high - low),
    pick: (among) => among[Math.floor(next() * among.length)],
    fork: (number) => createRandom(Math.imul(seed + 1, 0x9e3779b1) + number),
  };
}
