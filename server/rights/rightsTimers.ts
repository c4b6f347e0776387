import { rights, type RightScope } from '../../shared/contracts/rights.js';
import type { Deps } from '../deps.js';
import { Grant, type GrantDocument, type GrantTarget } from '../models/grant.js';
import type { Job } from '../platform/schedule.js';
import { memberChannel } from '../realtime/channels.js';
import type { Rejudge } from '../realtime/rejudge.js';

/** So often it is looked what ends by its time, and so far ahead (ms). A right lasts for days: few are given and end within that. */
const everyMs = 2_000;

/**
 * Ends rights at their time. Each node looks ahead for itself, by the clock it judges by, and judges its own connections at
 * that very moment: so no other node need be there, nor agree on what time it is.
 */
export function rightsTimers(deps: Pick<Deps, 'now' | 'publish'>, { member: judge }: Pick<Rejudge, 'member'>): Job[] {
  let seenUntil = deps.now();
  let next: Date | null = null;
  const run = async (): Promise<void> => {
    const now = deps.now();
    const ending = await Grant.endingBetween(seenUntil, new Date(now.getTime() + everyMs));
    const isOver = ({ endsAt }: GrantDocument): boolean => endsAt !== null && endsAt <= now;
    next = ending.find((grant) => !isOver(grant))?.endsAt ?? null;
    await Promise.all(
      ending.filter(isOver).map(async (grant) => {
        const memberId = String(grant.memberId);
        const reason = grant.endsBecause ?? 'ended_by_time';
        await judge(memberId, reason);
        // Every node says so; whoever hears it twice asks once more than they need.
        deps.publish(memberChannel(memberId), rights.changed, { scope: scopeOf(grant), change: 'ended', reason });
      }),
    );
    seenUntil = now;
  };
  return [{ name: 'rights', everyMs, soonerMs: () => next && Math.max(1, next.getTime() - deps.now().getTime()), run }];
}

function scopeOf({ kind, ref }: GrantTarget): RightScope {
  return kind === 'tier' ? { kind, tierKey: ref } : { kind, workshopId: ref };
}
