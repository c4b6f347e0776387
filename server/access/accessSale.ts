/** The only way to a seat that is for sale. */
import { AppError } from '../../shared/failures.js';
import { Order } from '../models/order.js';
import { Workshop, type WorkshopDocument } from '../models/workshop.js';
import { judgeWorkshop } from './accessWorkshop.js';
import type { Actor } from './actor.js';
import { isBanned } from './moderation/restrictions.js';

/**
 * The workshop, if this actor may buy a seat in it now. What is announced is everybody's to know, so each refusal is told
 * by its own name.
 *
 * @throws workshop.not_found - there is none, or the actor is banned from it: nobody buys what they may not enter.
 * @throws ticket.sale_closed - it is over, or was cancelled.
 * @throws ticket.already_yours - the actor may enter as it is.
 * @throws order.disputed - the actor's bank disputes another payment of theirs, and has not decided yet.
 */
export async function accessSale(actor: Actor, workshopId: string, now: Date): Promise<WorkshopDocument> {
  const workshop = await Workshop.findById(workshopId).lean();
  if (!workshop || isBanned(actor, String(workshop.roomId), now)) throw new AppError('workshop.not_found');
  if (workshop.state === 'ended' || workshop.state === 'cancelled') throw new AppError('ticket.sale_closed');
  if ((await judgeWorkshop(actor, workshop, now)).canEnter) throw new AppError('ticket.already_yours');
  const disputed = await Order.disputedOf(actor.memberId);
  if (disputed) throw new AppError('order.disputed', { orderId: String(disputed) });
  return workshop;
}
