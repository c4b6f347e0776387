import type { Types } from 'mongoose';
import { limits } from '../../../shared/limits.js';
import type { Deps } from '../../deps.js';
import { Message, type StoredThread } from '../../models/messages/message.js';
import { setThread } from '../../models/messages/messageChanges.js';

/** Among so many first replies those are looked for who wrote first and whose words still stand. */
const facesAmong = 50;

/**
 * Makes what a message shows of its thread what the thread's replies say, as a change of that message. Several nodes may
 * do so at once, each with what it read: both numbers only ever rise, so whoever read too little looks again.
 */
export async function refreshThread(deps: Pick<Deps, 'changes' | 'now'>, rootId: Types.ObjectId): Promise<void> {
  for (;;) {
    const thread = await sumUp(rootId);
    if (!thread) return;
    const changed = await setThread(rootId, thread, deps.now());
    if (changed) {
      await deps.changes.record(changed);
      return;
    }
    const root = await Message.findById(rootId).select({ thread: 1 }).lean();
    if (!root?.thread || (root.thread.lastSeq >= thread.lastSeq && root.thread.gone >= thread.gone)) return;
  }
}

/** The thread as its replies say; null where there are none. */
async function sumUp(rootId: Types.ObjectId): Promise<StoredThread | null> {
  const root = await Message.findById(rootId).select({ roomId: 1 }).lean();
  if (!root) return null;
  const inThread = { roomId: root.roomId, threadId: rootId };
  const newest = await Message.findOne(inThread).sort({ seq: -1 }).select({ seq: 1, sentAt: 1 }).lean();
  if (!newest) return null;
  const [gone, first] = await Promise.all([
    Message.countDocuments({ threadId: rootId, seq: { $lte: newest.seq }, 'deleted.at': { $exists: true } }),
    Message.find({ ...inThread, seq: { $lte: newest.seq } }).sort({ seq: 1 }).limit(facesAmong).select({ authorId: 1, deleted: 1 }).lean(),
  ]);
  const authors = new Map(first.filter(({ deleted }) => !deleted).map(({ authorId }) => [String(authorId), authorId]));
  return { lastSeq: newest.seq, lastAt: newest.sentAt, gone, memberIds: [...authors.values()].slice(0, limits.threadFacesMax) };
}
