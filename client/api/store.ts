/** A value outside React that components can watch: the smallest store that `useSyncExternalStore` accepts. */
export interface Store<T> {
  get(): T;
  set(next: T): void;
  /** Calls `listener` after each change; the answer stops it. */
  subscribe(listener: () => void): () => void;
}

/** Makes a store that holds `initial`; setting the very same value tells nobody. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
