import type { InWorkshop, WorkshopView } from '../../shared/contracts/workshops.js';
import { accessWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import type { Connection } from '../realtime/connection.js';
import { letIn } from './inside/letIn.js';
import { viewWorkshop } from './workshops.views.js';

/**
 * Enters a workshop on this connection: judge, enter, then judge again, for a right may end in between. From the reply on
 * its questions and its stage's news come here, and presence is counted until the connection leaves or is lost.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 */
export async function enterWorkshop(deps: Deps, actor: Actor, input: InWorkshop, connection: Connection): Promise<WorkshopView> {
  const workshop = await accessWorkshop(actor, input.workshopId, 'enter', deps.now());
  const admitted = await letIn(deps, actor, workshop, connection);
  return viewWorkshop(actor, admitted.workshop, deps.now());
}
