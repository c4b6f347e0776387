import type { Types } from 'mongoose';
import { workshops } from '../../../../shared/contracts/workshops.js';
import { workshopFacts } from '../../../access/workshopFacts.js';
import type { Deps } from '../../../deps.js';
import { Seats } from '../../../models/seats.js';
import { Workshop } from '../../../models/workshop.js';
import { everyoneChannel } from '../../../realtime/channels.js';
import { followHint, type WebhookFollower } from '../../handleWebhook.js';
import { takeAll } from '../../selling/claims.js';
import { noteSeats, seatsApart } from '../comparing/judgeSeats.js';

/**
 * Lets go the seats of a workshop that belong to no valid ticket, and gives each valid ticket that has none one that is free. Orders
 * are compared with Stripe first: one that is being paid keeps its seat.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function alignSeats(deps: Deps, followers: readonly WebhookFollower[], workshopId: Types.ObjectId): Promise<void> {
  for (const orderId of (await seatsApart(workshopId)).astray) await followHint(deps, followers, { orderId, paymentId: null, customerId: null });
  const { astray, seatless } = await seatsApart(workshopId);
  for (const orderId of astray) await Seats.release(String(workshopId), String(orderId));
  for (const order of seatless) await takeAll(order, deps.now());
  await noteSeats(deps, workshopId);
  const workshop = await Workshop.findById(workshopId).lean();
  if (workshop) for (const facts of await workshopFacts([workshop], deps.now())) deps.publish(everyoneChannel, workshops.changed, facts);
}
