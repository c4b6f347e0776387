import { rights, type RightScope } from '../../shared/contracts/rights.js';
import type { Deps } from '../deps.js';
import { Grant, type GrantTarget } from '../models/grant.js';
import type { Job } from '../platform/schedule.js';
import { memberChannel } from '../realtime/channels.js';
import type { Rejudge } from '../realtime/rejudge.js';

/** A right that ends by its time must be felt within a second. Milliseconds. */
const everyMs = 300;

/**
 * Looks again and again for rights that have ended by their time. Each node looks for itself, by the clock it judges by, and
 * judges its own connections: so no other node need be there, nor agree on what time it is.
 */
export function rightsTimers(deps: Pick<Deps, 'now' | 'publish'>, { member: judge }: Pick<Rejudge, 'member'>): Job[] {
  let seenUntil = deps.now();
  const run = async (): Promise<void> => {
    const now = deps.now();
    const ended = await Grant.endedBetween(seenUntil, now);
    await Promise.all(
      ended.map(async (grant) => {
        const memberId = String(grant.memberId);
        await judge(memberId, 'ended_by_time');
        // Every node says so; whoever hears it twice asks once more than they need.
        deps.publish(memberChannel(memberId), rights.changed, { scope: scopeOf(grant), change: 'ended', reason: 'ended_by_time' });
      }),
    );
    seenUntil = now;
  };
  return [{ name: 'rights', everyMs, run }];
}

function scopeOf({ kind, ref }: GrantTarget): RightScope {
  return kind === 'tier' ? { kind, tierKey: ref } : { kind, workshopId: ref };
}
