import type { OwnStageView } from '../../../shared/contracts/live/onStage.js';
import type { InWorkshop } from '../../../shared/contracts/workshops.js';
import { AppError } from '../../../shared/failures.js';
import { accessOpenWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import { refuseTimedOut } from '../../access/moderation/restrictions.js';
import type { Deps } from '../../deps.js';
import { come } from '../../models/onStage/rosterChanges.js';
import { StageRoster } from '../../models/onStage/stageRoster.js';
import { isAmong, viewOwn } from '../onStage.views.js';
import { tellRoster } from '../tellRoster.js';

/**
 * Makes a speaker of the actor, whom a host has invited. Doing it again finds it done.
 *
 * @throws workshop.not_found | workshop.wrong_state
 * @throws member.timed_out - they may not speak here.
 * @throws stage.not_invited - there is no invitation, or no more.
 */
export async function acceptInvitation(deps: Deps, actor: Actor, { workshopId }: InWorkshop): Promise<OwnStageView> {
  const workshop = await accessOpenWorkshop(actor, workshopId, 'enter', deps.now());
  refuseTimedOut(actor, String(workshop.roomId), deps.now());
  const arrived = await come(workshopId, actor.memberId, deps.now());
  if (arrived) await tellRoster(deps, arrived, { roster: true, hands: true, members: [actor.memberId] });
  const roster = arrived ?? (await StageRoster.of(workshopId));
  if (!isAmong(roster.speakers, actor.memberId)) throw new AppError('stage.not_invited');
  return viewOwn(roster, actor.memberId);
}
