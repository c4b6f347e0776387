/** What was read, kept for a moment. */
export interface Kept<T> {
  /** What was read last, if it may still be used; else what is read now. A failed read is not kept, and whoever asked hears of it. */
  get(key: string): Promise<T>;
  /** What is asked from here on is read anew; a read that is under way answers those who asked before, and is not kept. */
  forget(key: string): void;
  forgetAll(): void;
}

/** How many are kept at a time; the one that was read first makes room. */
const keptMax = 1_000;

/**
 * Keeps what everybody asks for. What is answered belongs to all who asked: nobody changes it.
 *
 * @param keepMs - for how long it may be used unread, should the news of a change be lost between nodes.
 */
export function keepBriefly<T>(read: (key: string) => PromiseLike<T>, keepMs = 5_000): Kept<T> {
  const kept = new Map<string, { value: Promise<T>; readAt: number }>();
  return {
    get(key) {
      const known = kept.get(key);
      if (known && performance.now() - known.readAt < keepMs) return known.value;
      // A query of mongoose's runs anew for each who waits for it.
      const entry = { value: Promise.resolve(read(key)), readAt: performance.now() };
      kept.delete(key);
      kept.set(key, entry);
      const [oldest] = kept.keys();
      if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest);
      entry.value.catch(() => {
        if (kept.get(key) === entry) kept.delete(key);
      });
      return entry.value;
    },
    forget: (key) => void kept.delete(key),
    forgetAll: () => kept.clear(),
  };
}
