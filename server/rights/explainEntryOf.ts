import type { AskEntryOf, EntryView } from '../../shared/contracts/rights/entry.js';
import { AppError } from '../../shared/failures.js';
import { loadEntrant } from '../access/actor.js';
import { accessDoor } from '../access/entry/accessDoor.js';
import type { Deps } from '../deps.js';
import { viewEntry } from './entry/viewEntry.js';

/**
 * The same about any member, as the gate would judge them now. An organizer may know of every door that the member may know of.
 *
 * @throws member.not_found
 * @throws room.not_found | workshop.not_found - absent, or not even its being there is the member's to know.
 */
export async function explainEntryOf(deps: Deps, { memberId, ...input }: AskEntryOf): Promise<EntryView> {
  const now = deps.now();
  const entrant = await loadEntrant(memberId, now);
  if (!entrant) throw new AppError('member.not_found');
  return viewEntry(entrant, await accessDoor(entrant, input, now), now);
}
