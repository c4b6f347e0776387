import type { OnePoll, PollFacts } from '../../shared/contracts/live/polls.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { steerPoll } from './steerPoll.js';

/**
 * Shows the results to everybody inside, or hides them again.
 *
 * @throws workshop.not_found | poll.not_found
 * @throws poll.wrong_state - it is a draft, which has none.
 * @throws server.busy - other hosts kept changing it.
 */
export function showResults(deps: Deps, actor: Actor, { isShown, ...input }: OnePoll & { isShown: boolean }): Promise<PollFacts> {
  return steerPoll(deps, actor, input, {
    from: ['open', 'closed'],
    change: ({ state, resultsShown }) => (resultsShown === isShown && state !== 'draft' ? null : { resultsShown: isShown }),
  });
}
