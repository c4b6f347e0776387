/** How the house tells of its polls: each change whole, and the results about once a second while votes come in. */
import { polls, type PollResults } from '../../shared/contracts/live/polls.js';
import type { Ground } from '../ground.js';
import { BallotBox } from '../models/polls/ballotBox.js';
import { Poll, type PollDocument } from '../models/polls/poll.js';
import { hostsChannel, workshopChannel } from '../realtime/channels.js';
import { viewPoll } from './polls.views.js';
import { tally } from './voting/tally.js';

export interface PollNews {
  /** Tells everybody who may see the poll what it is now. */
  changed(poll: PollDocument): Promise<void>;
  /** A vote was cast in it: its results are told soon. */
  voted(poll: PollDocument): void;
  /** Tells what a node has stored and then was killed before it told it. Every node looks; telling twice is harmless. */
  repair(): Promise<void>;
}

/** What was last told of a poll, by whichever node; all nodes hear of it. */
interface Told {
  pollId: string;
  version: number;
  casts: number;
}

/** Changes that are older than this have been told, or nobody holds what was before. */
const lookBackMs = 60_000;

/** A change that stood untold for so long was left by a node that is no more; a younger one is about to be told. */
const leftMs = 3_000;

export function createPollNews({ publish, bus, soon, now }: Pick<Ground, 'publish' | 'bus' | 'soon' | 'now'>): PollNews {
  const told = createTold(bus);
  const changed: PollNews['changed'] = async (poll) => {
    const workshopId = String(poll.workshopId);
    const hosts = hostsChannel(workshopId);
    const results = await readResults(poll);
    publish(hosts, polls.changed, viewPoll(poll, results, 'host'));
    if (poll.state !== 'draft') publish(workshopChannel(workshopId), polls.changed, viewPoll(poll, results, 'audience'), hosts);
    told.note(poll, results);
  };
  const tellResults = async (pollId: string): Promise<void> => {
    const poll = await Poll.findById(pollId).lean();
    if (!poll) return;
    const workshopId = String(poll.workshopId);
    const results = await readResults(poll);
    const news = { workshopId, pollId, version: poll.version, results };
    publish(poll.resultsShown ? workshopChannel(workshopId) : hostsChannel(workshopId), polls.counted, news);
    told.note(poll, results);
  };
  const voted: PollNews['voted'] = ({ _id }) => soon.tell(`poll ${String(_id)}`, () => tellResults(String(_id)));

  return {
    changed,
    voted,
    async repair() {
      const recent = await Poll.find({ $or: [{ state: 'open' }, { changedAt: { $gte: new Date(now().getTime() - lookBackMs) } }] }).lean();
      const casts = await countCasts(recent);
      for (const poll of recent) {
        const last = told.of(poll);
        const isLeft = now().getTime() - poll.changedAt.getTime() >= leftMs;
        if (isLeft && poll.version > (last?.version ?? 0)) await changed(poll);
        else if ((casts.get(String(poll._id)) ?? 0) > (last?.casts ?? 0)) voted(poll);
      }
      told.keep(recent);
    },
  };
}

/** What all nodes together have told. */
function createTold(bus: Ground['bus']) {
  let known = new Map<string, Told>();
  bus.subscribe('polls', (news) => {
    const { pollId, version, casts } = news as Told;
    const before = known.get(pollId);
    known.set(pollId, { pollId, version: Math.max(version, before?.version ?? 0), casts: Math.max(casts, before?.casts ?? 0) });
  });
  const of = ({ _id }: PollDocument): Told | undefined => known.get(String(_id));
  return {
    of,
    note: ({ _id, version }: PollDocument, { casts }: PollResults): void => bus.publish('polls', { pollId: String(_id), version, casts } satisfies Told),
    /** Forgets all polls but these. */
    keep(recent: readonly PollDocument[]): void {
      known = new Map(recent.flatMap((poll) => of(poll) ?? []).map((one) => [one.pollId, one]));
    },
  };
}

async function readResults(poll: PollDocument): Promise<PollResults> {
  return tally(poll, poll.state === 'draft' ? [] : await BallotBox.find({ pollId: poll._id }).lean());
}

async function countCasts(recent: readonly PollDocument[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  if (recent.length === 0) return counts;
  for (const { pollId, casts } of await BallotBox.find({ pollId: { $in: recent.map(({ _id }) => _id) } }, { pollId: 1, casts: 1 }).lean()) {
    counts.set(String(pollId), (counts.get(String(pollId)) ?? 0) + casts);
  }
  return counts;
}
