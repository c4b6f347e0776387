import type { OwnStageView } from '../../../shared/contracts/live/onStage.js';
import type { InWorkshop } from '../../../shared/contracts/workshops.js';
import { AppError } from '../../../shared/failures.js';
import { accessOpenWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import { refuseTimedOut } from '../../access/moderation/restrictions.js';
import type { Deps } from '../../deps.js';
import { raise } from '../../models/onStage/rosterChanges.js';
import { StageRoster } from '../../models/onStage/stageRoster.js';
import { isAmong, viewOwn } from '../onStage.views.js';
import { tellRoster } from '../tellRoster.js';

/**
 * Raises the actor's hand. Doing it again leaves it where it is in the row.
 *
 * @throws workshop.not_found - absent, or not this actor's.
 * @throws workshop.wrong_state - it is not live.
 * @throws member.timed_out - they may not speak here.
 * @throws stage.locked - the hosts take no more hands.
 * @throws stage.already - they are on stage, or invited to it.
 */
export async function raiseHand(deps: Deps, actor: Actor, { workshopId }: InWorkshop): Promise<OwnStageView> {
  const workshop = await accessOpenWorkshop(actor, workshopId, 'enter', deps.now());
  if (workshop.state !== 'live') throw new AppError('workshop.wrong_state', { state: workshop.state });
  refuseTimedOut(actor, String(workshop.roomId), deps.now());
  const raised = await raise(workshopId, actor.memberId, deps.now());
  if (raised) {
    await tellRoster(deps, raised, { hands: true, members: [actor.memberId] });
    return viewOwn(raised, actor.memberId);
  }
  const roster = await StageRoster.of(workshopId);
  if (isAmong(roster.hands, actor.memberId)) return viewOwn(roster, actor.memberId);
  throw new AppError(roster.isLocked ? 'stage.locked' : 'stage.already');
}
