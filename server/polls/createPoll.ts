import type { CreatePoll, PollFacts } from '../../shared/contracts/live/polls.js';
import { AppError } from '../../shared/failures.js';
import { limits } from '../../shared/limits.js';
import { accessWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Poll } from '../models/polls/poll.js';
import { viewToHost } from './steerPoll.js';

/**
 * Writes a poll down as a draft, which only the hosts see.
 *
 * A retry carries the same `clientPollId`; it gets the stored poll back, and nobody hears twice.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws poll.too_many - the workshop has as many as it may.
 */
export async function createPoll(deps: Deps, actor: Actor, { workshopId, clientPollId, draft }: CreatePoll): Promise<PollFacts> {
  await accessWorkshop(actor, workshopId, 'host', deps.now());
  const key = { workshopId, clientPollId };
  const isKnown = await Poll.exists(key);
  if (!isKnown && (await Poll.countDocuments({ workshopId })) >= limits.pollsMax) throw new AppError('poll.too_many');
  const { poll, isNew } = await Poll.draftOnce(key, draft, deps.now());
  if (isNew) await deps.pollNews.changed(poll);
  return viewToHost(poll);
}
