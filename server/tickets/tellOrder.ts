import { tickets } from '../../shared/contracts/tickets.js';
import { workshops } from '../../shared/contracts/workshops.js';
import { workshopFacts } from '../access/workshopFacts.js';
import type { Deps } from '../deps.js';
import type { OrderDocument } from '../models/order.js';
import { Workshop } from '../models/workshop.js';
import { everyoneChannel, memberChannel } from '../realtime/channels.js';
import { viewOrder } from './tickets.views.js';

/** Tells the buyer what became of an order, and everybody how many seats are left by it. */
export async function tellOrder(deps: Deps, order: OrderDocument): Promise<void> {
  deps.publish(memberChannel(String(order.memberId)), tickets.orderChanged, viewOrder(order));
  const workshop = await Workshop.findById(order.workshopId).lean();
  if (workshop) for (const facts of await workshopFacts([workshop], deps.now())) deps.publish(everyoneChannel, workshops.changed, facts);
}
