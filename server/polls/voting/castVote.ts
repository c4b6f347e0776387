import { polls, type CastVote, type Choice, type MyVote } from '../../../shared/contracts/live/polls.js';
import { AppError } from '../../../shared/failures.js';
import { isAhead } from '../../../shared/contracts/workshops.js';
import { refuseTimedOut } from '../../access/moderation/restrictions.js';
import { accessPoll } from '../../access/polls/accessPoll.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { BallotBox } from '../../models/polls/ballotBox.js';
import type { PollDocument } from '../../models/polls/poll.js';
import { insideChannel } from '../../realtime/channels.js';
import { finishClosing } from '../closePoll.js';
import { viewMine } from '../polls.views.js';
import { voterOf } from './voter.js';

/**
 * Casts a vote, changes it or takes it back, as long as the poll is open. The ballot box judges that in the very write that
 * takes the vote.
 *
 * A retry carries the same `clientVoteId`; it gets the vote as it stands now, and changes nothing, even if the poll has been
 * closed since or the member has voted otherwise.
 *
 * @throws workshop.not_found | poll.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws poll.wrong_choice - the poll has no such options, or asks for another kind of answer.
 * @throws poll.wrong_state - it is not open.
 * @throws workshop.wrong_state - the workshop is over.
 * @throws member.timed_out - an answer in one's own words, from one who may not speak in the workshop's room for a while.
 */
export async function castVote(deps: Deps, actor: Actor, { clientVoteId, choice, ...input }: CastVote): Promise<MyVote> {
  const { poll, workshop } = await accessPoll(actor, input, deps.now());
  if (!fits(poll, choice)) throw new AppError('poll.wrong_choice');
  if (choice.text !== '') refuseTimedOut(actor, String(workshop.roomId), deps.now());

  const key = voterOf(poll, actor.memberId);
  const isOver = !isAhead(workshop.state);
  const ballot = poll.state === 'open' && !isOver ? await BallotBox.cast(key, clientVoteId, choice) : null;
  if (ballot) {
    const mine = viewMine(ballot);
    deps.publish(insideChannel(input.workshopId, actor.memberId), polls.voted, { ...input, mine });
    deps.pollNews.voted(poll);
    return mine;
  }
  const standing = await BallotBox.findVote(key);
  if (standing?.ids.includes(clientVoteId)) return viewMine(standing);
  if (isOver) throw new AppError('workshop.wrong_state', { state: workshop.state });
  // Its boxes are sealed: somebody is closing it, or was cut off while doing so.
  const now = poll.state === 'open' ? await finishClosing(deps, poll) : poll;
  throw new AppError('poll.wrong_state', { state: now.state });
}

/** Whether a choice is one that the poll offers. Nothing at all is: it takes a vote back. */
function fits({ kind, options: { length } }: PollDocument, { options, text }: Choice): boolean {
  if (options.some((option) => option >= length)) return false;
  if (kind === 'text') return options.length === 0;
  if (text !== '') return false;
  if (kind === 'single') return options.length <= 1;
  return kind === 'multiple' || options.length === 0 || options.length === length;
}
