import type { Collection } from 'mongoose';

/**
 * Stores documents one after the other and stops at the first that is refused. They are stored as they are, past mongoose's
 * casting, which costs more than all the rest of a message's way: so only what this house put together itself, field by
 * field in the types of its schema, may come here.
 */
export async function insertInOrder({ collection }: { collection: Collection }, documents: readonly object[]): Promise<void> {
  const [first, ...more] = documents;
  if (!first) return;
  if (more.length === 0) await collection.insertOne(first);
  else await collection.insertMany([...documents], { ordered: true });
}
