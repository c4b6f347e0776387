/** Where texts are kept under keys: in the browser's storage and, where that has no room, as long as the page is open. */

/** What the browser had no room for. */
const loose = new Map<string, string>();

export const shelf = {
  get: (key: string): string | null => loose.get(key) ?? localStorage.getItem(key),
  put(key: string, text: string): void {
    try {
      localStorage.setItem(key, text);
      loose.delete(key);
    } catch {
      // Neither may hide the other: what the browser kept under this key is older.
      localStorage.removeItem(key);
      loose.set(key, text);
    }
  },
  remove(key: string): void {
    loose.delete(key);
    localStorage.removeItem(key);
  },
  /** All keys that begin so. */
  keysFrom: (prefix: string): string[] => [...Object.keys(localStorage), ...loose.keys()].filter((key) => key.startsWith(prefix)),
  /** Whether all under such keys outlives the page. */
  isLasting: (prefix: string): boolean => ![...loose.keys()].some((key) => key.startsWith(prefix)),
} as const;
