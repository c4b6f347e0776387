import { onStage, type RosterView, type Silence } from '../../../shared/contracts/live/onStage.js';
import { AppError } from '../../../shared/failures.js';
import { accessOpenWorkshop } from '../../access/accessWorkshop.js';
import { viewPerson, type Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { hold } from '../../models/onStage/rosterChanges.js';
import { StageRoster, type StageRosterDocument } from '../../models/onStage/stageRoster.js';
import { insideChannel } from '../../realtime/channels.js';
import { isAmong, viewRoster } from '../onStage.views.js';
import { tellRoster } from '../tellRoster.js';

/**
 * Stops what somebody on stage sends, once or until they are let again; or lets them. What was decided is stored before the
 * media is paused, so that a track begun in between finds it held.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws workshop.wrong_state
 * @throws stage.nobody - they are not on stage.
 * @throws role.required - a host, whom only the one who leads or an organizer silences.
 * @throws server.busy - the stage's node does not answer; ask again.
 */
export async function silence(deps: Deps, actor: Actor, input: Silence): Promise<RosterView> {
  const { workshopId, memberId, media, how } = input;
  await accessOpenWorkshop(actor, workshopId, 'host', deps.now());
  const before = await StageRoster.of(workshopId);
  refuse(actor, before, memberId);
  const changed = how === 'once' ? null : await hold(workshopId, memberId, media, how === 'held');
  if (changed) await tellRoster(deps, changed, { roster: true, members: [memberId] });
  if (how !== 'lifted') {
    await deps.stages.pauseTracksOf(workshopId, memberId, media);
    deps.publish(insideChannel(workshopId, memberId), onStage.muted, { workshopId, media, isHeld: how === 'held', by: viewPerson(actor) });
  }
  return viewRoster(changed ?? (await StageRoster.of(workshopId)));
}

function refuse(actor: Actor, roster: StageRosterDocument, memberId: string): void {
  if (isAmong(roster.speakers, memberId)) return;
  if (!isAmong(roster.hosts, memberId)) throw new AppError('stage.nobody');
  const mayHosts = actor.role === 'organizer' || String(roster.leadId) === actor.memberId;
  if (!mayHosts) throw new AppError('role.required');
}
