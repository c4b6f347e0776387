import type { OnePoll, PollDraft, PollFacts } from '../../shared/contracts/live/polls.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { steerPoll } from './steerPoll.js';

/**
 * Writes a draft anew. What was launched stands as it was launched: people have voted on those words.
 *
 * @throws workshop.not_found | poll.not_found
 * @throws poll.wrong_state - it is no draft any more.
 * @throws server.busy - other hosts kept changing it.
 */
export function editPoll(deps: Deps, actor: Actor, { draft, ...input }: OnePoll & { draft: PollDraft }): Promise<PollFacts> {
  return steerPoll(deps, actor, input, { from: ['draft'], change: () => draft });
}
