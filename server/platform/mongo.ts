/** The document store, through mongoose: a real MongoDB or whatever speaks its protocol. */
import mongoose from 'mongoose';
import type { Logger } from './logger.js';

export interface DocumentStore {
  isUp(): boolean;
  close(): Promise<void>;
}

/**
 * Connects, and makes sure that every model's indexes are there before anyone is served.
 * Filters are cast by their schemas, and operators in values that came from outside are refused.
 */
export async function connectMongo(uri: string, log: Logger): Promise<DocumentStore> {
  mongoose.set('strictQuery', 'throw');
  await mongoose.connect(uri, { autoIndex: false, serverSelectionTimeoutMS: 10_000, socketTimeoutMS: 45_000 });
  await Promise.all(Object.values(mongoose.models).map((model) => model.createIndexes()));
  const tellAway = (): void => log.warn({}, 'the document store is away');
  const tellBack = (): void => log.info({}, 'the document store is there');
  mongoose.connection.on('disconnected', tellAway).on('reconnected', tellBack);
  return {
    isUp: () => mongoose.connection.readyState === mongoose.ConnectionStates.connected,
    close() {
      mongoose.connection.off('disconnected', tellAway).off('reconnected', tellBack);
      return mongoose.disconnect();
    },
  };
}
