import type { PollView } from '../../shared/contracts/live/polls.js';
import { accessWorkshop, judgeWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { readTogether } from '../models/asking/readTogether.js';
import { BallotBox, type BallotBoxDocument } from '../models/polls/ballotBox.js';
import { Poll, type PollDocument } from '../models/polls/poll.js';
import { viewMine, viewPoll, type Onlooker } from './polls.views.js';
import { tally } from './voting/tally.js';
import { voterOf } from './voting/voter.js';

interface Counted {
  poll: PollDocument;
  results: ReturnType<typeof tally>;
  boxes: readonly BallotBoxDocument[];
}

/** When a whole audience comes back at once, its polls are read and counted as often as the store answers, not for each. */
const together = readTogether<Counted[]>();

/**
 * The polls as this actor may see them, the oldest first: hosts see drafts, right answers and results, others what is theirs to see.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 */
export async function listPolls(deps: Deps, actor: Actor, { workshopId }: { workshopId: string }): Promise<PollView[]> {
  const workshop = await accessWorkshop(actor, workshopId, 'enter', deps.now());
  const { canHost } = await judgeWorkshop(actor, workshop, deps.now());
  const onlooker: Onlooker = canHost ? 'host' : 'audience';
  const counted = await together(workshopId, () => countAll(workshopId));
  return counted
    .filter(({ poll }) => canHost || poll.state !== 'draft')
    .map(({ poll, results, boxes }) => {
      const { voter } = voterOf(poll, actor.memberId);
      const ballot = boxes.find(({ votes }) => Object.hasOwn(votes, voter))?.votes[voter];
      return { ...viewPoll(poll, results, onlooker), mine: ballot ? viewMine(ballot) : null };
    });
}

async function countAll(workshopId: string): Promise<Counted[]> {
  // The polls first: what their boxes hold then is no older than what they say.
  const found = await Poll.find({ workshopId }).sort({ createdAt: 1, _id: 1 }).lean();
  const boxesOf = new Map<string, BallotBoxDocument[]>();
  for (const box of await BallotBox.find({ workshopId }).lean()) boxesOf.set(String(box.pollId), [...(boxesOf.get(String(box.pollId)) ?? []), box]);
  return found.map((poll) => {
    const boxes = poll.state === 'draft' ? [] : (boxesOf.get(String(poll._id)) ?? []);
    return { poll, results: tally(poll, boxes), boxes };
  });
}
