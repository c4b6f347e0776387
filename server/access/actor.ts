/** Who is asking: one signed-in member on one signed-in browser, with the rights that every gate looks at. */
import type { PersonView } from '../../shared/contracts/members.js';
import { AppError } from '../../shared/failures.js';
import type { Role } from '../../shared/roles.js';
import { Grant } from '../models/grant.js';
import { Member } from '../models/member.js';
import { Restriction, standingOf, type Standing } from '../models/moderation/restriction.js';
import { Session } from '../models/session.js';
import { Tier } from '../models/tier.js';

export interface Actor {
  memberId: string;
  sessionId: string;
  name: string;
  role: Role;
  /** The highest rank among the member's live tier grants; 0 is everybody's. */
  tierRank: number;
  /** What held the member back when they were read; the gates look at each one's end. Nothing holds an organizer. */
  restrictions: readonly Standing[];
}

/**
 * Reads the actor afresh from the store.
 *
 * @throws session.expired - the session was ended, or its member is gone.
 */
export async function loadActor(memberId: string, sessionId: string, now: Date): Promise<Actor> {
  const [member, session, tierKeys, standing] = await Promise.all([
    Member.findById(memberId).lean(),
    Session.findLive(sessionId, now),
    Grant.liveTierKeys(memberId, now),
    Restriction.findStanding({ memberId }, now),
  ]);
  if (!member || !session || String(session.memberId) !== memberId) throw new AppError('session.expired');
  const restrictions = member.role === 'organizer' ? [] : standing.map(standingOf);
  return { memberId, sessionId, name: member.name, role: member.role, tierRank: await Tier.highestRank(tierKeys), restrictions };
}

/** The actor as others see them. */
export function viewPerson(actor: Actor): PersonView {
  return { id: actor.memberId, name: actor.name, role: actor.role };
}
