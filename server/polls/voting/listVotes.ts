import type { OnePoll, VoteRow } from '../../../shared/contracts/live/polls.js';
import { accessPollToHost } from '../../access/polls/accessPoll.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';
import { BallotBox } from '../../models/polls/ballotBox.js';
import { isCast } from './tally.js';

/**
 * The votes one by one, for the record: with their voters, by name; of an anonymous poll without, and in the order of what
 * was chosen, which says nothing of who chose it, or when.
 *
 * @throws workshop.not_found | poll.not_found
 */
export async function listVotes(deps: Deps, actor: Actor, input: OnePoll): Promise<VoteRow[]> {
  const poll = await accessPollToHost(actor, input, deps.now());
  const boxes = await BallotBox.find({ pollId: poll._id }).lean();
  const ballots = boxes.flatMap((box) => Object.entries(box.votes)).filter(([, ballot]) => isCast(ballot));
  const people = poll.isAnonymous ? null : await Member.people(ballots.map(([voter]) => voter));
  const rows = ballots.map(([voter, { options, text }]): VoteRow => ({ person: people?.get(voter) ?? null, options, text }));
  const sortKey = ({ person, options, text }: VoteRow): string => `${person?.name ?? ''} ${text} ${options.join(' ')}`;
  return rows.toSorted((a, b) => sortKey(a).localeCompare(sortKey(b)));
}
