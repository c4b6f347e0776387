/** Who is asking: one signed-in member on one signed-in browser, with the rights that every gate looks at. */
import type { PersonView } from '../../shared/contracts/members.js';
import { AppError } from '../../shared/failures.js';
import type { Role } from '../../shared/roles.js';
import { Grant } from '../models/grant.js';
import { Member } from '../models/member.js';
import { Restriction, standingOf, type Standing } from '../models/moderation/restriction.js';
import { Session } from '../models/session.js';
import { Tier } from '../models/tier.js';

/** Whoever stands before a gate: a member, on whatever browser, or on none. */
export interface Entrant {
  memberId: string;
  name: string;
  role: Role;
  /** The highest rank among the member's live tier grants; 0 is everybody's. */
  tierRank: number;
  /** What held the member back when they were read; the gates look at each one's end. Nothing holds an organizer. */
  restrictions: readonly Standing[];
}

export interface Actor extends Entrant {
  sessionId: string;
}

/** Reads a member as the gates look at them, afresh from the store; null when there is no such member. */
export async function loadEntrant(memberId: string, now: Date): Promise<Entrant | null> {
  const [member, tierKeys, standing] = await Promise.all([Member.read(memberId, now), Grant.liveTierKeys(memberId, now), Restriction.findStanding({ memberId }, now)]);
  if (!member) return null;
  const restrictions = member.role === 'organizer' ? [] : standing.map(standingOf);
  return { memberId, name: member.name, role: member.role, tierRank: await Tier.highestRank(tierKeys), restrictions };
}

/**
 * Reads the actor afresh from the store.
 *
 * @throws session.expired - the session was ended, or its member is gone.
 */
export async function loadActor(memberId: string, sessionId: string, now: Date): Promise<Actor> {
  const [entrant, session] = await Promise.all([loadEntrant(memberId, now), Session.findLive(sessionId, now)]);
  if (!entrant || !session || String(session.memberId) !== memberId) throw new AppError('session.expired');
  return { ...entrant, sessionId };
}

/** The actor as others see them. */
export function viewPerson(actor: Pick<Entrant, 'memberId' | 'name' | 'role'>): PersonView {
  return { id: actor.memberId, name: actor.name, role: actor.role };
}
