/** Everything in the house's store, as text: what a refused request must leave as it was. */
import mongoose from 'mongoose';

/** @returns all collections and their documents, but for the time until which someone's presence is known: the house renews that by itself. */
export async function everything(): Promise<string> {
  const collections = (await mongoose.connection.listCollections()).map(({ name }) => name).toSorted();
  return JSON.stringify(await Promise.all(collections.map(async (name) => [name, await mongoose.connection.collection(name).find().toArray()])), (field, value: unknown) => (field === 'lastSeenAt' ? undefined : value));
}
