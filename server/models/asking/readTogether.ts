/**
 * Makes one read of many that are asked for at once: whoever asks while a read is under way waits for the next one, which
 * begins when that is over and serves all who waited. So each is answered with what stood after they asked, as by a read of
 * their own, and a busy room's document is read as often as the store answers, not as often as somebody speaks.
 */
export function readTogether<T>(read: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const underWay = new Map<string, { now: Promise<T>; next: Promise<T> | null }>();

  const begin = (id: string): Promise<T> => {
    // A query of mongoose's runs anew for each who waits for it.
    const now = Promise.resolve(read(id));
    const entry = { now, next: null };
    underWay.set(id, entry);
    const end = (): void => {
      if (underWay.get(id) === entry && entry.next === null) underWay.delete(id);
    };
    now.then(end, end);
    return now;
  };

  return (id) => {
    const entry = underWay.get(id);
    if (!entry) return begin(id);
    entry.next ??= entry.now.then(
      () => begin(id),
      () => begin(id),
    );
    return entry.next;
  };
}
