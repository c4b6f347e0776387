/** The only way to a poll: through its workshop, and for a draft by its hosts alone. */
import type { OnePoll } from '../../../shared/contracts/live/polls.js';
import { AppError } from '../../../shared/failures.js';
import { Poll, type PollDocument } from '../../models/polls/poll.js';
import type { WorkshopDocument } from '../../models/workshop.js';
import { accessWorkshop, judgeWorkshop } from '../accessWorkshop.js';
import type { Actor } from '../actor.js';

/** A poll its workshop's hosts may steer. */
export async function accessPollToHost(actor: Actor, input: OnePoll, now: Date): Promise<PollDocument> {
  await accessWorkshop(actor, input.workshopId, 'host', now);
  return findPoll(input);
}

/**
 * A poll that this actor may see.
 *
 * @throws workshop.not_found - absent, or not this actor's.
 * @throws poll.not_found - not in this workshop, or a draft of which only its hosts know.
 */
export async function accessPoll(actor: Actor, input: OnePoll, now: Date): Promise<{ poll: PollDocument; workshop: WorkshopDocument }> {
  const workshop = await accessWorkshop(actor, input.workshopId, 'enter', now);
  const poll = await findPoll(input);
  if (poll.state === 'draft' && !(await judgeWorkshop(actor, workshop, now)).canHost) throw new AppError('poll.not_found');
  return { poll, workshop };
}

async function findPoll({ workshopId, pollId }: OnePoll): Promise<PollDocument> {
  const poll = await Poll.findOne({ _id: pollId, workshopId }).lean();
  if (!poll) throw new AppError('poll.not_found');
  return poll;
}
