/** Votes on their way: cast while the connection is gone, they are counted once when it is back. */
import { polls } from '../../shared/contracts/live/polls.js';
import { Wishes } from '../api/waiting/wishes.js';

export const votes = new Wishes(polls.vote, { name: 'pollVotes', idOf: ({ pollId }) => pollId, keepsRefused: false });
