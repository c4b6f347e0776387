import type { AskEntry, EntryView } from '../../shared/contracts/rights/entry.js';
import type { Actor } from '../access/actor.js';
import { accessDoor } from '../access/entry/accessDoor.js';
import type { Deps } from '../deps.js';
import { viewEntry } from './entry/viewEntry.js';

/**
 * Why the asking member may, or may not, enter: the gate's own verdict, with the rights and restrictions that it rests on.
 *
 * @throws room.not_found | workshop.not_found - absent, or not even its being there is theirs to know.
 */
export async function explainEntry(deps: Deps, actor: Actor, input: AskEntry): Promise<EntryView> {
  const now = deps.now();
  return viewEntry(actor, await accessDoor(actor, input, now), now);
}
