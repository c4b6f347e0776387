/**
 * Makes one read of all that is asked for by id in one turn of the event loop. Each is answered with what stood after they
 * asked, as by a read of their own: nothing is kept, and a turn's read begins when the turn is over.
 *
 * What is answered belongs to all who asked: nobody changes it.
 */
import DataLoader from 'dataloader';

/** So many ids one query is made for, at most. */
const idsMax = 100;

/** @param readAll - reads what there is about the ids at a moment, by id: the latest of those that were asked about. */
export function readInOne<T>(readAll: (ids: readonly string[], now: Date) => Promise<Map<string, T>>): (id: string, now: Date) => Promise<T | null> {
  const loader = new DataLoader<{ id: string; now: Date }, T | null>(
    async (asked) => {
      const now = new Date(Math.max(...asked.map((one) => one.now.getTime())));
      const found = await readAll([...new Set(asked.map(({ id }) => id))], now);
      return asked.map(({ id }) => found.get(id) ?? null);
    },
    { cache: false, maxBatchSize: idsMax },
  );
  return (id, now) => loader.load({ id, now });
}

/** A filter for one of the ids. For one alone it is the plainest. */
export const oneOf = (ids: readonly string[]): string | { $in: readonly string[] } => (ids.length === 1 && ids[0] !== undefined ? ids[0] : { $in: ids });
