/** Tells a unique index's refusal from every other error of the store. */
import mongoose from 'mongoose';

/** MongoDB's error code for a write that a unique index refuses. */
const duplicateKey = 11_000;

/** Whether the store refused the write because a document with such a key is there already. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoError && error.code === duplicateKey;
}
