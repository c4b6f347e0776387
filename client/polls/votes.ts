/** Votes on their way: cast while the connection is gone, they are counted once when it is back. */
import { polls } from '../../shared/contracts/live/polls.js';
import { Intents } from '../api/intents.js';

export const votes = new Intents('votes', polls.vote, ({ pollId }) => pollId);
