import { Long, serialize } from 'bson';
import { Cursor, maxBatchBytes, type BatchLimit } from '../operations/cursors.js';
import type { Store } from '../store.js';
import type { Doc } from '../values/bson.js';
import { wholeField } from './request.js';

/** Documents MongoDB puts in a first batch when nobody says how many. */
export const firstBatchCount = 101;

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

/** Writes the reply around documents that are BSON already. */
function cursorReply(field: 'firstBatch' | 'nextBatch', batch: readonly Buffer[], id: Long, namespace: string): Buffer {
  const list = rawArray(batch);
  // Both sides of the array are written by bson; the array is put between them and the three lengths mended.
  const tail = Buffer.from(serialize({ id, ns: namespace })).subarray(4);
  const cursor = Buffer.concat([Buffer.alloc(4), Buffer.from([4]), Buffer.from(`${field}\0`), list, tail]);
  cursor.writeInt32LE(cursor.length, 0);
  const end = Buffer.from(serialize({ ok: 1 }, { ignoreUndefined: true })).subarray(4);
  const reply = Buffer.concat([Buffer.alloc(4), Buffer.from([3]), Buffer.from('cursor\0'), cursor, end]);
  reply.writeInt32LE(reply.length, 0);
  return reply;
}

function rawArray(items: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [Buffer.alloc(4)];
  for (const [at, item] of items.entries()) parts.push(Buffer.from(`\x03${at}\0`, 'latin1'), item);
  parts.push(Buffer.from([0]));
  const list = Buffer.concat(parts);
  list.writeInt32LE(list.length, 0);
  return list;
}

/** How an aggregate's `cursor` option asks for its first batch. */
export function cursorReplyOptions(cursor: Doc | undefined): CursorOptions {
  return { count: wholeField(cursor ?? {}, 'batchSize', 0) ?? firstBatchCount, single: false, keepOpen: false, most: Infinity };
}
