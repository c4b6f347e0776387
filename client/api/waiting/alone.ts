/** One at a time, over all tabs of this browser. */

const lines = new Map<string, Promise<unknown>>();

/**
 * Does some work while nobody else does work of that name: no other tab, by Web Locks. Without those (a page on plain
 * http) only this tab is kept in line.
 */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  if ('locks' in navigator) return navigator.locks.request(name, work);
  const done = (lines.get(name) ?? Promise.resolve()).then(work);
  lines.set(name, done.catch(() => undefined));
  return done;
}
