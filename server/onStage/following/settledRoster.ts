/** What becomes of a roster when those on it leave, are lost, may not speak, or are hosts no more: a pure judgement of facts. */
import { isAhead, type WorkshopState } from '../../../shared/contracts/workshops.js';
import type { StageRosterDocument } from '../../models/onStage/stageRoster.js';
import type { Whereabouts } from '../../models/onStage/whereabouts.js';

/** Whoever is lost keeps their place on stage, their hand and their invitation for so long: a reload, another network. Milliseconds. */
const patienceMs = 30_000;
/** A workshop that waits for its host cannot wait that long. Milliseconds. */
const hostPatienceMs = 10_000;

export interface RosterFacts {
  now: Date;
  state: WorkshopState;
  /** Those who were in the workshop at all. */
  where: ReadonlyMap<string, Whereabouts>;
  isHost(memberId: string): boolean;
  /** Whether the workshop is announced with them; an organizer may host any. */
  isNamed(memberId: string): boolean;
  /** Those who may not speak in the workshop's room now. */
  timedOut: ReadonlySet<string>;
}

type Change = Partial<Omit<StageRosterDocument, '_id' | 'version'>>;

/**
 * What has to change, or null when the roster is as it should be. Whoever left goes at once, and so does whoever is no host and may
 * not speak; whoever was lost after a while. When the host who leads goes, the one who has been on stage longest takes over, and the lead may be taken back.
 * A host the workshop is announced with goes before an organizer who was only there earlier.
 */
export function settledRoster(roster: StageRosterDocument, facts: RosterFacts): Change | null {
  const { state } = facts;
  if (!isAhead(state)) return closeRoster(roster, state);
  const stays = staysOn(facts);
  const staysHeard = (one: { memberId: unknown }): boolean => stays(one.memberId, patienceMs) && !facts.timedOut.has(String(one.memberId));
  const change: Change = {
    ...shorter('hosts', roster, ({ memberId }) => stays(memberId, hostPatienceMs) && facts.isHost(String(memberId))),
    ...shorter('speakers', roster, staysHeard),
    ...shorter('hands', roster, staysHeard),
    ...shorter('invitations', roster, staysHeard),
    ...(state === roster.state ? {} : { state }),
  };
  Object.assign(change, passLead(roster, change.hosts ?? roster.hosts, facts));
  return Object.keys(change).length > 0 ? change : null;
}

/** Nothing of it outlives the workshop but who spoke and who led. */
function closeRoster(roster: StageRosterDocument, state: WorkshopState): Change | null {
  if (roster.state === state) return null;
  return { state, hosts: [], speakers: [], hands: [], invitations: [], mayTakeLeadId: null };
}

function staysOn({ where, now }: RosterFacts): (memberId: unknown, waitMs: number) => boolean {
  return (memberId, waitMs) => {
    const found = where.get(String(memberId));
    if (!found) return false;
    return found.isHere || (found.wasLost && now.getTime() - found.since.getTime() < waitMs);
  };
}

function passLead({ leadId, isLeadGiven, mayTakeLeadId }: StageRosterDocument, hosts: StageRosterDocument['hosts'], { isNamed }: RosterFacts): Change {
  const byTime = hosts.toSorted((one, other) => one.since.getTime() - other.since.getTime());
  const named = byTime.find(({ memberId }) => isNamed(String(memberId)));
  const next = named ?? byTime[0];
  const standsIn = leadId !== null && !isLeadGiven && !isNamed(String(leadId));
  if (named && standsIn) return { leadId: named.memberId, mayTakeLeadId: null };
  if (!next || hosts.some(({ memberId }) => String(memberId) === String(leadId))) return {};
  // Of several who went one after the other, the first may take it back.
  return { leadId: next.memberId, isLeadGiven: false, mayTakeLeadId: mayTakeLeadId ?? leadId };
}

function shorter<L extends 'hosts' | 'speakers' | 'hands' | 'invitations'>(list: L, roster: StageRosterDocument, stays: (one: StageRosterDocument[L][number]) => boolean): Change {
  const before: StageRosterDocument[L][number][] = roster[list];
  const left = before.filter(stays);
  return left.length === before.length ? {} : { [list]: left };
}
