/**
 * Makes one read of many that are asked for at once: whoever asks while a read is under way waits for the next one, which
 * begins when that is over and serves all who waited. So each is answered with what stood after they asked, as by a read of
 * their own, and what everybody wants is read as often as the store answers, not as often as somebody asks.
 *
 * What is answered belongs to all who asked: nobody changes it.
 */
export function readTogether<T>(): (key: string, read: () => PromiseLike<T>) => Promise<T> {
  const underWay = new Map<string, { now: Promise<T>; next: Promise<T> | null }>();

  const begin = (key: string, read: () => PromiseLike<T>): Promise<T> => {
    // A query of mongoose's runs anew for each who waits for it.
    const now = Promise.resolve(read());
    const entry = { now, next: null };
    underWay.set(key, entry);
    const end = (): void => {
      if (underWay.get(key) === entry && entry.next === null) underWay.delete(key);
    };
    now.then(end, end);
    return now;
  };

  return (key, read) => {
    const entry = underWay.get(key);
    if (!entry) return begin(key, read);
    entry.next ??= entry.now.then(
      () => begin(key, read),
      () => begin(key, read),
    );
    return entry.next;
  };
}
