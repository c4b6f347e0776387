import type { HandsView, OfMember } from '../../../shared/contracts/live/onStage.js';
import { AppError } from '../../../shared/failures.js';
import { accessOpenWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { ask } from '../../models/onStage/rosterChanges.js';
import { StageRoster } from '../../models/onStage/stageRoster.js';
import { whereabouts } from '../../models/onStage/whereabouts.js';
import { isAmong, viewHands } from '../onStage.views.js';
import { tellRoster } from '../tellRoster.js';

/**
 * Invites a member who is inside onto the stage. Doing it again, or by another host, leaves the first invitation.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws workshop.wrong_state
 * @throws stage.nobody - the member is not inside.
 * @throws stage.already - they are on stage.
 */
export async function invite(deps: Deps, actor: Actor, { workshopId, memberId }: OfMember): Promise<HandsView> {
  await accessOpenWorkshop(actor, workshopId, 'host', deps.now());
  const where = await whereabouts(workshopId, [memberId], deps.now());
  if (!where.get(memberId)?.isHere) throw new AppError('stage.nobody');
  const invited = await ask(workshopId, memberId, actor.memberId);
  if (invited) {
    await tellRoster(deps, invited, { hands: true, members: [memberId] });
    return viewHands(invited);
  }
  const roster = await StageRoster.of(workshopId);
  if (!isAmong(roster.invitations, memberId)) throw new AppError('stage.already');
  return viewHands(roster);
}
