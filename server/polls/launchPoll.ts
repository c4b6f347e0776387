import type { OnePoll, PollFacts } from '../../shared/contracts/live/polls.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { BallotBox } from '../models/polls/ballotBox.js';
import { steerPoll } from './steerPoll.js';

/**
 * Puts a draft before everybody inside, and lets them vote: before the workshop, while it is live, or after it.
 *
 * @throws workshop.not_found | poll.not_found
 * @throws poll.wrong_state - it was closed.
 * @throws server.busy - other hosts kept changing it.
 */
export function launchPoll(deps: Deps, actor: Actor, input: OnePoll): Promise<PollFacts> {
  return steerPoll(deps, actor, input, {
    from: ['draft'],
    change: ({ state }, now) => (state === 'open' ? null : { state: 'open', launchedAt: now }),
    prepare: (poll, version) => BallotBox.layOut(poll, version),
  });
}
