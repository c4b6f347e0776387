import { workshops } from '../../shared/contracts/workshops.js';
import { workshopFacts } from '../access/workshopFacts.js';
import type { Deps } from '../deps.js';
import type { WorkshopDocument } from '../models/workshop.js';
import { everyoneChannel } from '../realtime/channels.js';

/** Tells everybody what is now true of a workshop. */
export async function tellWorkshop(deps: Deps, workshop: WorkshopDocument): Promise<void> {
  for (const facts of await workshopFacts([workshop], deps.now())) deps.publish(everyoneChannel, workshops.changed, facts);
}
