import { Long, serialize, type Document } from 'bson';
import { Cursor, maxBatchBytes, type BatchLimit } from '../operations/cursors.js';
import type { Store } from '../store.js';
import type { Doc } from '../values/bson.js';
import { wholeField } from './request.js';

/** Documents MongoDB puts in a first batch when nobody says how many. */
export const firstBatchCount = 101;

/** BSON's type bytes of what is written here; bsonspec.org. */
const [documentType, arrayType] = [3, 4];

interface CursorOptions { count: number; single: boolean; keepOpen: boolean; most: number }

/**
 * Answers with the first batch of a search, and keeps the rest open under a cursor id.
 * @param count documents in the first batch @param single whether the rest is not wanted @param most documents in all
 */
export async function openCursor(store: Store, namespace: string, source: AsyncIterable<Buffer[]>, options: CursorOptions): Promise<Buffer> {
  const cursor = new Cursor(namespace, source, options);
  try {
    const { batch, ended } = await cursor.take({ count: options.count, bytes: maxBatchBytes });
    if (ended || options.single) {
      await cursor.close();
      return cursorReply('firstBatch', batch, Long.ZERO, namespace);
    }
    store.cursors.keep(cursor);
    return cursorReply('firstBatch', batch, cursor.id, namespace);
  } catch (error) {
    await cursor.close();
    throw error;
  }
}

/** Answers with a further batch of an open cursor. @throws CursorNotFound (43) */
export async function continueCursor(store: Store, id: Long, namespace: string, limit: BatchLimit): Promise<Buffer> {
  const cursor = store.cursors.find(id, namespace);
  let taken;
  try {
    taken = await cursor.take(limit);
  } catch (error) {
    await store.cursors.kill(id);
    throw error;
  }
  if (taken.ended) await store.cursors.kill(id);
  return cursorReply('nextBatch', taken.batch, taken.ended ? Long.ZERO : id, namespace);
}

/** Writes the reply around documents that are BSON already: the documents `{cursor: {<field>: batch, id, ns}, ok}` begin are written here, what ends them by bson. */
function cursorReply(field: 'firstBatch' | 'nextBatch', batch: readonly Buffer[], id: Long, namespace: string): Buffer {
  const cursorEnd = endOf({ id, ns: namespace });
  const replyEnd = endOf({ ok: 1 });
  const listBytes = 5 + batch.reduce((sum, item, at) => sum + 2 + String(at).length + item.length, 0);
  const cursorBytes = 4 + 2 + field.length + listBytes + cursorEnd.length;
  const reply = Buffer.allocUnsafe(4 + 2 + 'cursor'.length + cursorBytes + replyEnd.length);
  let at = reply.writeInt32LE(reply.length, 0);
  const head = (type: number, name: string): void => {
    at += reply.write(`${String.fromCharCode(type)}${name}\0`, at, 'latin1');
  };
  head(documentType, 'cursor');
  at = reply.writeInt32LE(cursorBytes, at);
  head(arrayType, field);
  at = reply.writeInt32LE(listBytes, at);
  for (const [place, item] of batch.entries()) {
    head(documentType, String(place));
    at += item.copy(reply, at);
  }
  at = reply.writeUInt8(0, at);
  at += cursorEnd.copy(reply, at);
  replyEnd.copy(reply, at);
  return reply;
}

/** The fields as they stand at the end of a longer document: without the length that begins them. */
function endOf(fields: Document): Buffer {
  const bytes = serialize(fields);
  return Buffer.from(bytes.buffer, bytes.byteOffset + 4, bytes.length - 4);
}

/** How an aggregate's `cursor` option asks for its first batch. */
export function cursorReplyOptions(cursor: Doc | undefined): CursorOptions {
  return { count: wholeField(cursor ?? {}, 'batchSize', 0) ?? firstBatchCount, single: false, keepOpen: false, most: Infinity };
}
