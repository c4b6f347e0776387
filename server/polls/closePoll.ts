import type { OnePoll, PollFacts } from '../../shared/contracts/live/polls.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { BallotBox } from '../models/polls/ballotBox.js';
import { Poll, type PollDocument } from '../models/polls/poll.js';
import { steerPoll } from './steerPoll.js';

/**
 * Closes a poll; of a quiz everybody then knows the right answers. The boxes are sealed before the poll says that it is
 * closed: whoever hears of it hears results that nothing can change any more.
 *
 * @throws workshop.not_found | poll.not_found
 * @throws poll.wrong_state - it is a draft.
 * @throws server.busy - other hosts kept changing it.
 */
export function closePoll(deps: Deps, actor: Actor, input: OnePoll): Promise<PollFacts> {
  return steerPoll(deps, actor, input, {
    from: ['open'],
    change: ({ state }, now) => (state === 'closed' ? null : { state: 'closed', closedAt: now }),
    prepare: ({ _id }, version) => BallotBox.turn(_id, false, version),
  });
}

/** Takes the last step of a closing that somebody has begun: a box of the poll is sealed. Answers the poll as it is then. */
export async function finishClosing(deps: Deps, read: PollDocument): Promise<PollDocument> {
  await BallotBox.turn(read._id, false, read.version + 1);
  const closed = await Poll.change(read, { state: 'closed', closedAt: deps.now() }, deps.now());
  if (closed) await deps.pollNews.changed(closed);
  return closed ?? (await Poll.findById(read._id).lean()) ?? read;
}
