import type { z } from 'zod';
import type { ReadStateView, ThreadReadView } from '../../shared/contracts/reading.js';
import { limits } from '../../shared/limits.js';
import type { Actor } from '../access/actor.js';
import { enterableRooms } from '../access/enterableRooms.js';
import { viewMessages } from '../access/messageViews.js';
import type { Deps } from '../deps.js';
import { Message } from '../models/messages/message.js';
import { ReadMark, type ReadMarkDocument } from '../models/reading/readMark.js';
import type { Connection } from '../realtime/connection.js';
import { countReading } from './counting/countReading.js';
import { readTail } from './readState.js';
import { unmarked, viewReadState } from './reading.views.js';

/** So many of the threads that are followed, those followed last, are looked at for news. */
const threadsMax = 500;

interface Listed {
  rooms: ReadStateView[];
  threads: z.infer<typeof ThreadReadView>[];
}

/**
 * How the actor stands to every room they may enter, and to the threads they follow that have something unread. The
 * connection is within the bells by the time it is counted: what is said later rings.
 */
export async function listReading(deps: Deps, actor: Actor, connection: Pick<Connection, 'followed'>): Promise<Listed> {
  await connection.followed();
  const roomIds = (await enterableRooms(actor, deps.now())).map(({ _id }) => String(_id));
  const [rooms, threads] = await Promise.all([listRooms(deps, actor, roomIds), listThreads(deps, actor, new Set(roomIds))]);
  return { rooms, threads };
}

async function listRooms(deps: Deps, actor: Actor, roomIds: readonly string[]): Promise<ReadStateView[]> {
  const marks = new Map((await ReadMark.ofRooms(actor.memberId)).map((mark) => [String(mark.roomId), mark]));
  const tails = await deps.tails.of(new Map(roomIds.map((roomId) => [roomId, marks.get(roomId)?.readSeq ?? Infinity])));
  const asked = roomIds.map((roomId) => {
    const tail = tails.get(roomId) ?? { lastSeq: 0, messages: [] };
    return { timeline: { roomId, threadId: null }, tail, mark: marks.get(roomId) ?? unmarked(tail.lastSeq) };
  });
  // A room seen for the first time counts as read, and what is said in it from now on does not.
  const unknown = asked.filter(({ timeline }) => !marks.has(timeline.roomId));
  await ReadMark.begin(actor.memberId, unknown.map(({ timeline, tail }) => ({ ...timeline, readSeq: tail.lastSeq })));
  const counts = await countReading(actor, asked.map(({ timeline, tail, mark }) => ({ timeline, tail, readSeq: mark.readSeq, ownUntil: mark.ownUntil ?? 0 })));
  return asked.map(({ timeline, tail, mark }, place) => viewReadState(timeline, mark, tail.lastSeq, counts[place] ?? { unread: 0, mentions: 0 }));
}

async function listThreads(deps: Deps, actor: Actor, roomIds: ReadonlySet<string>): Promise<Listed['threads']> {
  const marks = (await ReadMark.ofFollowed(actor.memberId, threadsMax)).filter((mark) => roomIds.has(String(mark.roomId)));
  if (marks.length === 0) return [];
  const moved = await findMoved(marks);
  const asked = await Promise.all(
    moved.map(async (mark) => {
      const timeline = { roomId: String(mark.roomId), threadId: String(mark.threadId) };
      return { timeline, mark, readSeq: mark.readSeq, ownUntil: mark.ownUntil ?? 0, tail: await readTail(deps, timeline, mark.readSeq) };
    }),
  );
  const counts = await countReading(actor, asked);
  const states = asked.map(({ timeline, mark, tail }, place) => viewReadState(timeline, mark, tail.lastSeq, counts[place] ?? { unread: 0, mentions: 0 })).filter(({ unread }) => unread > 0);
  const roots = await viewMessages(await Message.find({ _id: { $in: states.map(({ threadId }) => threadId) } }).lean());
  const rootOf = new Map(roots.map((root) => [root.id, root]));
  return states.flatMap((state) => {
    const root = rootOf.get(state.threadId ?? '');
    return root ? [{ ...state, root }] : [];
  });
}

/** The marks of those threads that go on after what was read, the latest first; no more than a page of them. */
async function findMoved(marks: readonly ReadMarkDocument[]): Promise<ReadMarkDocument[]> {
  const roots = await Message.find({ _id: { $in: marks.map(({ threadId }) => threadId) } }).select({ 'thread.lastSeq': 1, 'thread.lastAt': 1 }).lean();
  const threads = new Map(roots.map(({ _id, thread }) => [String(_id), thread]));
  const lastAt = (mark: ReadMarkDocument): number => threads.get(String(mark.threadId))?.lastAt.getTime() ?? 0;
  return marks
    .filter((mark) => (threads.get(String(mark.threadId))?.lastSeq ?? 0) > mark.readSeq)
    .toSorted((one, other) => lastAt(other) - lastAt(one))
    .slice(0, limits.historyPage);
}
