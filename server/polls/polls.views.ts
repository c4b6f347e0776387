/** Polls as the contract shows them. */
import type { MyVote, PollFacts, PollResults } from '../../shared/contracts/live/polls.js';
import type { Ballot } from '../models/polls/ballotBox.js';
import type { PollDocument } from '../models/polls/poll.js';

/** For whom a poll is shown: its hosts know the right answers and the results before everybody else. */
export type Onlooker = 'host' | 'audience';

/** The poll as this onlooker may know it. */
export function viewPoll(poll: PollDocument, results: PollResults, onlooker: Onlooker): PollFacts {
  const isQuiz = poll.right.length > 0;
  const isHost = onlooker === 'host';
  return {
    id: String(poll._id),
    workshopId: String(poll.workshopId),
    clientPollId: poll.clientPollId,
    kind: poll.kind,
    question: poll.question,
    options: poll.options,
    isQuiz,
    right: isQuiz && (isHost || poll.state === 'closed') ? poll.right : null,
    isAnonymous: poll.isAnonymous,
    resultsShown: poll.resultsShown,
    state: poll.state,
    version: poll.version,
    createdAt: poll.createdAt.toISOString(),
    launchedAt: poll.launchedAt?.toISOString() ?? null,
    closedAt: poll.closedAt?.toISOString() ?? null,
    results: isHost || poll.resultsShown ? results : null,
  };
}

/** A member's own vote, to themselves. */
export function viewMine({ options, text, turn }: Ballot): MyVote {
  return { choice: { options, text }, turn };
}
