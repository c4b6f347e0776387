/** The document store, through mongoose: a real MongoDB or whatever speaks its protocol. */
import mongoose from 'mongoose';
import type { Logger } from './logger.js';

export interface DocumentStore {
  isUp(): boolean;
  /** What time it is there. */
  time(): Promise<Date>;
  close(): Promise<void>;
}

/**
 * Connects, and makes sure that every model's indexes are there before anyone is served.
 * Filters are cast by their schemas, and operators in values that came from outside are refused.
 */
export async function connectMongo(uri: string, log: Logger): Promise<DocumentStore> {
  mongoose.set('strictQuery', 'throw');
  await mongoose.connect(uri, { autoIndex: false, serverSelectionTimeoutMS: 10_000, socketTimeoutMS: 45_000 });
  await Promise.all(Object.values(mongoose.models).map(alignIndexes));
  const tellAway = (): void => log.warn({}, 'the document store is away');
  const tellBack = (): void => log.info({}, 'the document store is there');
  mongoose.connection.on('disconnected', tellAway).on('reconnected', tellBack);
  return {
    isUp: () => mongoose.connection.readyState === mongoose.ConnectionStates.connected,
    async time() {
      const { localTime } = await mongoose.connection.getClient().db('admin').command({ hello: 1 });
      return localTime as Date;
    },
    close() {
      mongoose.connection.off('disconnected', tellAway).off('reconnected', tellBack);
      return mongoose.disconnect();
    },
  };
}

/** Makes the model's indexes, then drops unique ones that it no longer has: they would refuse what is allowed by now. Others are left to whoever made them. */
async function alignIndexes(model: mongoose.Model<unknown>): Promise<void> {
  // A model without indexes of its own has no collection until something is stored, and then its indexes cannot be listed.
  await model.createCollection();
  await model.createIndexes();
  const { toDrop } = await model.diffIndexes();
  if (toDrop.length === 0) return;
  const retired = (await model.listIndexes()).filter(({ name, unique }) => unique === true && (toDrop as (string | undefined)[]).includes(name));
  for (const { name } of retired) await model.collection.dropIndex(name as string);
}
