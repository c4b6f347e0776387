import type { OnStageView } from '../../shared/contracts/live/onStage.js';
import type { InWorkshop } from '../../shared/contracts/workshops.js';
import { accessWorkshop, judgeWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { StageRoster } from '../models/onStage/stageRoster.js';
import { isAmong, viewClosedRoster, viewHands, viewOwn, viewRoster } from './onStage.views.js';

/**
 * Who is on stage, how the asking member stands to it and, for hosts, who wants to be.
 *
 * @throws workshop.not_found - absent, or not this actor's.
 */
export async function showOnStage(deps: Deps, actor: Actor, { workshopId }: InWorkshop): Promise<OnStageView> {
  const workshop = await accessWorkshop(actor, workshopId, 'enter', deps.now());
  const [{ canHost }, roster] = await Promise.all([judgeWorkshop(actor, workshop, deps.now()), StageRoster.of(workshopId)]);
  const isOpen = workshop.state !== 'scheduled' || canHost || isAmong(roster.speakers, actor.memberId);
  const [shown, hands, own] = await Promise.all([isOpen ? viewRoster(roster) : viewClosedRoster(roster), canHost ? viewHands(roster) : null, viewOwn(roster, actor.memberId)]);
  return { roster: shown, hands, own };
}
