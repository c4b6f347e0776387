import { onStage } from '../../shared/contracts/live/onStage.js';
import type { Ground } from '../ground.js';
import type { StageRosterDocument } from '../models/onStage/stageRoster.js';
import { hostsChannel, insideChannel, workshopChannel } from '../realtime/channels.js';
import { idsOf, viewHands, viewOwn, viewRoster } from './onStage.views.js';

/** What of a roster changed. */
export interface RosterNews {
  /** Who is on stage, who leads, or the lock. */
  roster?: boolean;
  /** The hands or the invitations. */
  hands?: boolean;
  /** The members whose own standing changed. */
  members?: readonly string[];
}

/** Tells a roster's change to whoever may know of it: while hosts rehearse only they and those they rehearse with hear who is on stage. */
export async function tellRoster({ publish }: Pick<Ground, 'publish'>, roster: StageRosterDocument, news: RosterNews): Promise<void> {
  const workshopId = String(roster._id);
  if (news.roster) {
    const view = await viewRoster(roster);
    if (roster.state === 'scheduled') {
      publish(hostsChannel(workshopId), onStage.rosterChanged, view);
      for (const memberId of idsOf(roster.speakers)) publish(insideChannel(workshopId, memberId), onStage.rosterChanged, view, hostsChannel(workshopId));
    } else {
      publish(workshopChannel(workshopId), onStage.rosterChanged, view);
    }
  }
  if (news.hands) publish(hostsChannel(workshopId), onStage.handsChanged, await viewHands(roster));
  for (const memberId of news.members ?? []) publish(insideChannel(workshopId, memberId), onStage.ownChanged, await viewOwn(roster, memberId));
}
