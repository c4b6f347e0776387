/** What restrictions mean at a gate. Each ends by its time without anybody's doing: its end is looked at whenever it is asked about. */
import { AppError } from '../../../shared/failures.js';
import type { Standing } from '../../models/moderation/restriction.js';
import type { Entrant } from '../actor.js';

/** How long an endless restriction is said to stand, where an end must be said. */
const forGood = new Date('9999-12-31T00:00:00.000Z');

/** Whether the actor is banned from this room, or from the whole house (which null asks about alone). */
export function isBanned(actor: Entrant, roomId: string | null, now: Date): boolean {
  return holding(actor, 'ban', roomId, now).length > 0;
}

/** Whether the actor may not speak in this room now. */
export function isTimedOut(actor: Entrant, roomId: string, now: Date): boolean {
  return holding(actor, 'timeout', roomId, now).length > 0;
}

/**
 * Lets pass whoever may say something in this room, as far as restrictions go.
 *
 * @throws member.timed_out - until when, and why: of several, the one that ends last.
 */
export function refuseTimedOut(actor: Entrant, roomId: string, now: Date): void {
  const [last] = holding(actor, 'timeout', roomId, now).toSorted((one, other) => endOf(other) - endOf(one));
  if (last) throw new AppError('member.timed_out', { until: new Date(endOf(last)).toISOString(), reason: last.reason });
}

/** All that holds the actor back in this room now, or in the whole house. */
export function restrictionsIn({ restrictions }: Entrant, roomId: string | null, now: Date): Standing[] {
  return restrictions.filter((one) => (one.roomId === null || one.roomId === roomId) && endOf(one) > now.getTime());
}

function holding(actor: Entrant, kind: Standing['kind'], roomId: string | null, now: Date): Standing[] {
  return restrictionsIn(actor, roomId, now).filter((one) => one.kind === kind);
}

const endOf = ({ until }: Standing): number => (until ?? forGood).getTime();
