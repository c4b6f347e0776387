import type { ReadStateView } from '../../shared/contracts/reading.js';
import type { TimelineKey } from '../models/messages/message.js';
import type { ReadMarkDocument } from '../models/reading/readMark.js';
import type { Counts } from './counting/countReading.js';

/** What a mark says; where there is none it is as if everything had been read. */
export type Marked = Pick<ReadMarkDocument, 'readSeq' | 'ownUntil' | 'isMuted' | 'isFollowed' | 'version'>;

/** How a member stands to a timeline. Of a thread that is not followed nothing is counted. */
export function viewReadState({ roomId, threadId }: TimelineKey, mark: Marked, lastSeq: number, counts: Counts): ReadStateView {
  const isFollowed = threadId !== null && mark.isFollowed === true;
  const { unread, mentions } = threadId === null || isFollowed ? counts : { unread: 0, mentions: 0 };
  return { roomId, threadId, readSeq: mark.readSeq, ownUntil: mark.ownUntil ?? 0, lastSeq, unread, mentions, isMuted: mark.isMuted, isFollowed, version: mark.version };
}

/** The mark of someone who has none: read up to here. */
export const unmarked = (readSeq: number): Marked => ({ readSeq, isMuted: false, isFollowed: null, version: 0 });
