import type { OnePoll, PollFacts, PollState } from '../../shared/contracts/live/polls.js';
import { AppError } from '../../shared/failures.js';
import { accessPollToHost } from '../access/polls/accessPoll.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { BallotBox } from '../models/polls/ballotBox.js';
import { Poll, type PollChange, type PollDocument } from '../models/polls/poll.js';
import { viewPoll } from './polls.views.js';
import { tally } from './voting/tally.js';

/** One step of a poll's life, as a host takes it. */
export interface Step {
  from: readonly PollState[];
  /** Refused from where it might be taken otherwise. */
  isBarred?(poll: PollDocument): boolean;
  /** What it makes of the poll; null when it is so already, and nothing is to be done. */
  change(poll: PollDocument, now: Date): PollChange | null;
  /** What must stand before the poll says so. Doing it again changes nothing. `version` is the one the poll will have. */
  prepare?(poll: PollDocument, version: number): Promise<void>;
}

/** How often one host gives way to others who change the same poll in the same moment. */
const tries = 8;

/**
 * Takes a host's step with a poll, and tells whoever may see it. A poll that is there already stays as it is: a second host,
 * or a retry, is told so.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws poll.not_found - not in this workshop.
 * @throws poll.wrong_state - the step does not start from the state it is in.
 * @throws server.busy - other hosts kept changing it.
 */
export async function steerPoll(deps: Deps, actor: Actor, input: OnePoll, step: Step): Promise<PollFacts> {
  for (let left = tries; left > 0; left -= 1) {
    const poll = await accessPollToHost(actor, input, deps.now());
    const change = step.change(poll, deps.now());
    if (!change) return viewToHost(poll);
    if (!step.from.includes(poll.state) || step.isBarred?.(poll)) throw new AppError('poll.wrong_state', { state: poll.state });
    await step.prepare?.(poll, poll.version + 1);
    const changed = await Poll.change(poll, change, deps.now());
    if (!changed) continue;
    await deps.pollNews.changed(changed);
    return viewToHost(changed);
  }
  throw new AppError('server.busy');
}

/** The poll with its results, as its hosts see it. */
export async function viewToHost(poll: PollDocument): Promise<PollFacts> {
  return viewPoll(poll, tally(poll, await BallotBox.find({ pollId: poll._id }).lean()), 'host');
}
