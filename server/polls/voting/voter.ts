import { createHmac } from 'node:crypto';
import type { BallotKey } from '../../models/polls/ballotBox.js';
import type { PollDocument } from '../../models/polls/poll.js';

/**
 * What a member's vote is filed under. In a poll with names that is the member. In an anonymous one it is a keyed hash of
 * the member (HMAC-SHA-256, RFC 2104): the member can change their vote and is shown it, while nothing that hosts or the
 * organizer can ask for leads from a vote to its voter. Whoever holds the store itself, key and all, could still try every member.
 */
export function voterOf({ _id, isAnonymous, ballotKey }: PollDocument, memberId: string): BallotKey {
  return { pollId: _id, voter: isAnonymous ? createHmac('sha256', ballotKey).update(memberId).digest('hex') : memberId };
}
