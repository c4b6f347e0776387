import { polls, type OnePoll } from '../../shared/contracts/live/polls.js';
import { AppError } from '../../shared/failures.js';
import { accessPollToHost } from '../access/polls/accessPoll.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { BallotBox } from '../models/polls/ballotBox.js';
import { Poll } from '../models/polls/poll.js';
import { hostsChannel } from '../realtime/channels.js';

/**
 * Throws a draft away. What was launched is kept, with its votes.
 *
 * @throws workshop.not_found
 * @throws poll.not_found - not in this workshop, or gone already.
 * @throws poll.wrong_state - it is no draft any more.
 */
export async function removePoll(deps: Deps, actor: Actor, input: OnePoll): Promise<Record<string, never>> {
  const poll = await accessPollToHost(actor, input, deps.now());
  const gone = await Poll.findOneAndDelete({ _id: poll._id, state: 'draft' }).lean();
  if (!gone) throw new AppError('poll.wrong_state', { state: (await accessPollToHost(actor, input, deps.now())).state });
  // A launch that was cut off may have laid out its boxes.
  await BallotBox.deleteMany({ pollId: poll._id });
  deps.publish(hostsChannel(input.workshopId), polls.removed, input);
  return {};
}
