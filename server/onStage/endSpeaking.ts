import type { Deps } from '../deps.js';
import { go } from '../models/onStage/rosterChanges.js';
import { StageRoster, type StageRosterDocument } from '../models/onStage/stageRoster.js';
import { tellRoster } from './tellRoster.js';

/** Ends a speaker's time on stage: stored, told, and judged again on every node, which closes what they send with. Answers the roster as it is now. */
export async function endSpeaking(deps: Deps, workshopId: string, memberId: string): Promise<StageRosterDocument> {
  const gone = await go(workshopId, memberId);
  if (gone) await tellRoster(deps, gone, { roster: true, members: [memberId] });
  // Even when it was done before: the first try may have been cut off after the store had it.
  await deps.judgeAgain(memberId);
  return gone ?? StageRoster.of(workshopId);
}
