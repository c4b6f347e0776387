import { Types } from 'mongoose';
import type { CancellationView, CancelWorkshop } from '../../../shared/contracts/tickets/cancelling.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { AppError } from '../../../shared/failures.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import { workshopFacts } from '../../access/workshopFacts.js';
import type { Deps } from '../../deps.js';
import { cancelOnce } from '../../models/money/cancellations.js';
import { everyoneChannel } from '../../realtime/channels.js';
import { endRights } from './endRights.js';
import { viewCancellation } from './viewCancellation.js';

/**
 * Cancels a workshop that is announced or live. With the answer it is over for everybody: nothing is sold, the stage is
 * closed, no ticket opens anything, and all have been told why. That everybody's money goes back is begun with the same
 * write, and brought to its end by the timer of whichever node comes first. Cancelling again goes over the same steps.
 *
 * @throws workshop.not_found - there is none.
 * @throws workshop.wrong_state - it has ended.
 * @throws server.busy - its stage cannot be reached now; the workshop is cancelled all the same, and the timer goes on.
 */
export async function cancelWorkshop(deps: Deps, actor: Actor, input: CancelWorkshop): Promise<CancellationView> {
  const { workshopId, reason } = input;
  await accessWorkshop(actor, workshopId, 'host', deps.now());
  const cancelled = await cancelOnce(workshopId, { reason, byId: new Types.ObjectId(actor.memberId), at: deps.now() });
  if (cancelled) for (const facts of await workshopFacts([cancelled], deps.now())) deps.publish(everyoneChannel, workshops.changed, facts);
  const workshop = cancelled ?? (await accessWorkshop(actor, workshopId, 'host', deps.now()));
  if (workshop.state !== 'cancelled') throw new AppError('workshop.wrong_state', { state: workshop.state });
  await endRights(deps, workshop);
  return viewCancellation(workshop);
}
