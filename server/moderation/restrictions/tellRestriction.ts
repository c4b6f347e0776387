import { moderation } from '../../../shared/contracts/moderation.js';
import type { Deps } from '../../deps.js';
import type { RestrictionDocument } from '../../models/moderation/restriction.js';
import { memberChannel } from '../../realtime/channels.js';

/**
 * Lets a restriction that began or ended be felt at once: on all nodes the member is judged again (a ban takes them out of
 * what they may not be in, with their media; what gates remember of them is forgotten), then they are told.
 */
export async function tellRestriction(deps: Deps, { kind, memberId, roomId, until, reason }: RestrictionDocument, isOver: boolean): Promise<void> {
  const id = String(memberId);
  if (kind === 'timeout') await deps.judgeAgain(id);
  else await deps.rightsChanged({ memberId: id, scope: null, change: isOver ? 'started' : 'ended', reason: isOver ? null : 'banned' });
  deps.publish(memberChannel(id), moderation.restricted, { kind, roomId: roomId && String(roomId), until: until?.toISOString() ?? null, reason, isOver });
}
