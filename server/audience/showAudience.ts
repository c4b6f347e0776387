import type { AudienceView } from '../../shared/contracts/live/audience.js';
import type { InWorkshop } from '../../shared/contracts/workshops.js';
import { accessWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';

/**
 * How many members are in the workshop now.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 */
export async function showAudience(deps: Deps, actor: Actor, input: InWorkshop): Promise<AudienceView> {
  await accessWorkshop(actor, input.workshopId, 'enter', deps.now());
  return deps.audience.count(input.workshopId);
}
