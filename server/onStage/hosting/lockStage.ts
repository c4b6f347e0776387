import type { LockStage, RosterView } from '../../../shared/contracts/live/onStage.js';
import { accessOpenWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { lockHands } from '../../models/onStage/rosterChanges.js';
import { StageRoster } from '../../models/onStage/stageRoster.js';
import { viewRoster } from '../onStage.views.js';
import { tellRoster } from '../tellRoster.js';

/**
 * Takes no more hands, or takes them again. Those that are up stay, hosts may still invite, and nobody with a right to
 * enter is kept out.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws workshop.wrong_state
 */
export async function lockStage(deps: Deps, actor: Actor, { workshopId, isLocked }: LockStage): Promise<RosterView> {
  await accessOpenWorkshop(actor, workshopId, 'host', deps.now());
  const changed = await lockHands(workshopId, isLocked);
  if (changed) await tellRoster(deps, changed, { roster: true });
  return viewRoster(changed ?? (await StageRoster.of(workshopId)));
}
