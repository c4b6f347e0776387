import type { Deps } from '../deps.js';
import { BallotBox } from '../models/polls/ballotBox.js';
import { Poll } from '../models/polls/poll.js';
import { voterOf } from './voting/voter.js';

/** For a member's data export: how they voted, in anonymous polls too (it is they who ask), in the order the polls were launched. */
export async function tellOfPolls(_deps: Deps, memberId: string): Promise<unknown> {
  const launched = await Poll.find({ launchedAt: { $ne: null } }).sort({ launchedAt: 1, _id: 1 }).lean();
  const told = await Promise.all(launched.map(async (poll) => {
    const vote = await BallotBox.findVote(voterOf(poll, memberId));
    // One that was taken back chooses nothing.
    if (!vote || (vote.options.length === 0 && vote.text === '')) return [];
    const { workshopId, question, isAnonymous, options } = poll;
    return [{ workshopId, question, isAnonymous, chose: vote.options.map((place) => options[place]), text: vote.text }];
  }));
  return told.flat();
}
