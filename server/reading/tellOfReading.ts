import type { Deps } from '../deps.js';
import { ReadMark } from '../models/reading/readMark.js';

/** For a member's data export: up to where they have read, what they muted and what they follow. */
export function tellOfReading(_deps: Deps, memberId: string): Promise<unknown> {
  return ReadMark.find({ memberId }).select({ _id: 0, roomId: 1, threadId: 1, readSeq: 1, isMuted: 1, isFollowed: 1 }).lean();
}
