import type { OnePoll, PollFacts } from '../../shared/contracts/live/polls.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { BallotBox } from '../models/polls/ballotBox.js';
import { steerPoll } from './steerPoll.js';

/**
 * Lets votes into a closed poll again. The boxes open before the poll says so, for nobody votes in a poll that is not open.
 *
 * @throws workshop.not_found | poll.not_found
 * @throws poll.wrong_state - it is a draft, or a closed quiz: its right answers are known.
 * @throws server.busy - other hosts kept changing it.
 */
export function reopenPoll(deps: Deps, actor: Actor, input: OnePoll): Promise<PollFacts> {
  return steerPoll(deps, actor, input, {
    from: ['closed'],
    isBarred: ({ right }) => right.length > 0,
    change: ({ state }) => (state === 'open' ? null : { state: 'open', closedAt: null }),
    prepare: ({ _id }, version) => BallotBox.turn(_id, true, version),
  });
}
