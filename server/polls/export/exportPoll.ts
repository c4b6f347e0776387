import type { OnePoll } from '../../../shared/contracts/live/polls.js';
import { accessPollToHost } from '../../access/polls/accessPoll.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';
import { BallotBox } from '../../models/polls/ballotBox.js';
import { isCast } from '../voting/tally.js';
import { toTable } from './toTable.js';

/**
 * The votes one by one, as a file for the record: with their voters, by name; of an anonymous poll without, and in the
 * order of what was chosen, which says nothing of who chose it, or when.
 *
 * @throws workshop.not_found | poll.not_found
 */
export async function exportPoll(deps: Deps, actor: Actor, input: OnePoll): Promise<{ name: string; type: string; text: string }> {
  const poll = await accessPollToHost(actor, input, deps.now());
  const boxes = await BallotBox.find({ pollId: poll._id }).lean();
  const ballots = boxes.flatMap((box) => Object.entries(box.votes)).filter(([, ballot]) => isCast(ballot));
  const people = poll.isAnonymous ? null : await Member.people(ballots.map(([voter]) => voter));
  const votes = ballots.map(([voter, { options, text }]) => ({ person: people?.get(voter)?.name ?? null, options, text }));
  return { name: `poll-${poll.createdAt.toISOString().slice(0, 10)}.csv`, type: 'text/csv', text: toTable(poll, votes) };
}
