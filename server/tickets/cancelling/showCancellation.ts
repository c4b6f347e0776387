import type { CancellationView } from '../../../shared/contracts/tickets/cancelling.js';
import type { InWorkshop } from '../../../shared/contracts/workshops.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { viewCancellation } from './viewCancellation.js';

/**
 * How far a cancellation is.
 *
 * @throws workshop.not_found - there is none.
 * @throws workshop.wrong_state - it is not cancelled.
 */
export async function showCancellation(deps: Deps, actor: Actor, input: InWorkshop): Promise<CancellationView> {
  return viewCancellation(await accessWorkshop(actor, input.workshopId, 'host', deps.now()));
}
