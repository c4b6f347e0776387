import type { Types } from 'mongoose';
import { tickets } from '../../../../shared/contracts/tickets.js';
import type { Deps } from '../../../deps.js';
import { Comparison, type ComparisonDocument } from '../../../models/money/comparison.js';
import { roleChannel } from '../../../realtime/channels.js';
import type { Following, WebhookFollower } from '../../handleWebhook.js';
import { changedSince } from './changedSince.js';
import type { Comparing } from './comparing.js';
import { judgeRights } from './judgeRights.js';
import { judgeSeats } from './judgeSeats.js';
import { followSubject, judgeStanding } from './judgeUnknown.js';

/** For how long a node that is at it keeps others from it, in milliseconds; it moves that on with each thing it looks at. */
const leaseMs = 60_000;
/** What changed so long before the last comparison is looked at once more: Stripe tells of some things late, and clocks differ. */
const overlapMs = 10 * 60_000;

/** Who asks for a comparison, and when the last one may have begun at the latest. */
export interface Asked {
  byId: Types.ObjectId | null;
  notAfter: Date;
}

/**
 * Compares the house with Stripe: whatever has changed there since the last comparison is followed as if its webhook had just come, and
 * then rights, seats and books are held against each other. What converges by itself is mended by that; the rest is put where a person
 * finds it. Of all nodes that would, one does it; should it be cut off, the next begins where it began.
 *
 * @returns the comparison; null where another is under way, or the last is not old enough.
 */
export async function compareWithStripe(deps: Deps, followers: readonly WebhookFollower[], { byId, notAfter }: Asked): Promise<ComparisonDocument | null> {
  const upTo = await Comparison.comparedUpTo();
  const begun = await Comparison.begin({ byId, notAfter, now: deps.now(), leaseMs });
  if (!begun) return null;
  const tally = { looked: 0, mended: 0 };
  const count = async (outcome: Following): Promise<void> => {
    tally.looked += 1;
    if (outcome === 'mended') tally.mended += 1;
    await Comparison.note(begun._id, { ...tally, leaseUntil: new Date(deps.now().getTime() + leaseMs) });
  };
  const isDone = await compareAll({ deps, followers, count }, upTo && new Date(upTo.getTime() - overlapMs));
  const end = { ...tally, isDone, endedAt: deps.now() };
  await Comparison.note(begun._id, end);
  deps.publish(roleChannel('organizer'), tickets.moneyChanged, { workshopId: null });
  return { ...begun, ...end };
}

/** Answers whether it came to its end: a Stripe that does not answer cuts it off. */
async function compareAll(comparing: Comparing, since: Date | null): Promise<boolean> {
  const { deps } = comparing;
  try {
    for await (const subject of changedSince(deps, comparing.followers, since)) await comparing.count(await followSubject(comparing, subject));
    await judgeStanding(comparing);
    await judgeRights(comparing);
    await judgeSeats(comparing);
    return true;
  } catch (error) {
    deps.log.error({ err: error }, 'a comparison with Stripe was cut off; it is made again');
    return false;
  }
}
