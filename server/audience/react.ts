import type { React } from '../../shared/contracts/live/audience.js';
import { AppError } from '../../shared/failures.js';
import { accessWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import { refuseTimedOut } from '../access/moderation/restrictions.js';
import type { Deps } from '../deps.js';

/**
 * Shows those inside a live workshop something without words; it is told with what others show in the same moment.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws workshop.wrong_state - it is not live.
 * @throws member.timed_out - whoever may not be heard in its room may not be seen here.
 */
export async function react(deps: Deps, actor: Actor, input: React): Promise<Record<string, never>> {
  const workshop = await accessWorkshop(actor, input.workshopId, 'enter', deps.now());
  if (workshop.state !== 'live') throw new AppError('workshop.wrong_state', { state: workshop.state });
  refuseTimedOut(actor, String(workshop.roomId), deps.now());
  deps.audience.reacted(input.workshopId, input.reaction);
  return {};
}
