import type { SetCertificateRule } from '../../../shared/contracts/attendance/attendance.js';
import type { WorkshopView } from '../../../shared/contracts/workshops.js';
import { AppError } from '../../../shared/failures.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Workshop } from '../../models/workshop.js';
import { tellWorkshop } from '../tellWorkshop.js';
import { viewWorkshop } from '../workshops.views.js';

/**
 * Says how long one has to stay for a certificate. Only until the workshop goes live: what members were shown when they
 * came holds.
 *
 * @throws workshop.not_found - there is none.
 * @throws workshop.wrong_state - it has gone live, or was cancelled.
 */
export async function setCertificateRule(deps: Deps, actor: Actor, { workshopId, certificatePercent }: SetCertificateRule): Promise<WorkshopView> {
  const { state } = await accessWorkshop(actor, workshopId, 'host', deps.now());
  const changed = await Workshop.findOneAndUpdate({ _id: workshopId, state: 'scheduled' }, { $set: { certificatePercent } }, { returnDocument: 'after' }).lean();
  if (!changed) throw new AppError('workshop.wrong_state', { state: state === 'scheduled' ? 'live' : state });
  await tellWorkshop(deps, changed);
  return viewWorkshop(actor, changed, deps.now());
}
