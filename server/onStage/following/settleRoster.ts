import type { Ground } from '../../ground.js';
import { isHostOf, isNamed } from '../../access/entry/judgeEntry.js';
import { Member } from '../../models/member.js';
import { Restriction } from '../../models/moderation/restriction.js';
import { follow } from '../../models/onStage/rosterChanges.js';
import { StageRoster, type StageRosterDocument } from '../../models/onStage/stageRoster.js';
import { whereabouts } from '../../models/onStage/whereabouts.js';
import { Workshop } from '../../models/workshop.js';
import { idsOf } from '../onStage.views.js';
import { tellRoster } from '../tellRoster.js';
import { settledRoster, type RosterFacts } from './settledRoster.js';

/** How often the roster may change under the judgement before the next look is left to do it. */
const tries = 4;

/**
 * Brings a roster in line with the facts: who is still inside, who still hosts, who may speak, whether the workshop is live or over. Any
 * node may do so at any time; of two that do it at once one writes, and only that one tells.
 */
export async function settleRoster(deps: Pick<Ground, 'now' | 'publish' | 'judgeAgain'>, workshopId: string): Promise<void> {
  for (let left = tries; left > 0; left -= 1) {
    const before = await StageRoster.of(workshopId);
    const facts = await readFacts(before, deps.now());
    const change = facts && settledRoster(before, facts);
    if (!change) return;
    const after = await follow(before, change);
    if (after) return tellSettled(deps, before, after);
  }
}

async function readFacts(roster: StageRosterDocument, now: Date): Promise<RosterFacts | null> {
  const workshopId = String(roster._id);
  const others = idsOf([...roster.speakers, ...roster.hands, ...roster.invitations]);
  const [workshop, where, hosts] = await Promise.all([Workshop.findById(workshopId).lean(), whereabouts(workshopId, [...idsOf(roster.hosts), ...others], now), Member.people(idsOf(roster.hosts))]);
  if (!workshop) return null;
  return {
    now,
    state: workshop.state,
    where,
    timedOut: await Restriction.timedOutIn(workshop.roomId, others, now),
    isHost: (memberId) => {
      const host = hosts.get(memberId);
      return host !== undefined && isHostOf(host, workshop);
    },
    isNamed: (memberId) => isNamed(memberId, workshop),
  };
}

async function tellSettled(deps: Pick<Ground, 'publish' | 'judgeAgain'>, before: StageRosterDocument, after: StageRosterDocument): Promise<void> {
  const gone = (list: 'speakers' | 'hands' | 'invitations'): string[] => {
    const left = new Set(idsOf(after[list]));
    return idsOf(before[list]).filter((memberId) => !left.has(memberId));
  };
  const members = [...new Set([...gone('speakers'), ...gone('hands'), ...gone('invitations')])];
  const isSeen = (['hosts', 'speakers'] as const).some((list) => before[list].length !== after[list].length) || String(before.leadId) !== String(after.leadId) || before.state !== after.state;
  await tellRoster(deps, after, { roster: isSeen, hands: gone('hands').length + gone('invitations').length > 0, members });
  await Promise.all(gone('speakers').map((memberId) => deps.judgeAgain(memberId)));
}
