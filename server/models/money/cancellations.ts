/** The writes by which a workshop is cancelled, and by which one node after another brings that to its end. */
import type { Types } from 'mongoose';
import { Workshop, type WorkshopDocument } from '../workshop.js';
import type { Cancellation } from './cancellation.js';

/** Cancels a workshop that is not over; null when it is, or is cancelled already. */
export function cancelOnce(workshopId: string, { reason, byId, at }: Pick<Cancellation, 'reason' | 'byId' | 'at'>): Promise<WorkshopDocument | null> {
  const cancellation: Cancellation = { reason, byId, at, toldAt: null, doneAt: null, nextRunAt: at };
  return Workshop.findOneAndUpdate({ _id: workshopId, state: { $in: ['scheduled', 'live'] } }, { $set: { state: 'cancelled', cancellation }, $inc: { revision: 1 } }, { returnDocument: 'after' }).lean();
}

/** Whether a workshop will not take place. */
export async function isCancelled(workshopId: Types.ObjectId): Promise<boolean> {
  return (await Workshop.exists({ _id: workshopId, state: 'cancelled' })) !== null;
}

/** Takes one that somebody must go on with, and keeps other nodes from it until `leaseUntil`. */
export function takeDueCancellation(now: Date, leaseUntil: Date): Promise<WorkshopDocument | null> {
  return Workshop.findOneAndUpdate({ 'cancellation.nextRunAt': { $lte: now } }, { $set: { 'cancellation.nextRunAt': leaseUntil } }, { sort: { 'cancellation.nextRunAt': 1 }, returnDocument: 'after' }).lean();
}

/** Notes how far it is. */
export async function noteCancellation(workshopId: Types.ObjectId, progress: Partial<Pick<Cancellation, 'toldAt' | 'doneAt' | 'nextRunAt'>>): Promise<void> {
  const fields = Object.fromEntries(Object.entries(progress).map(([name, value]) => [`cancellation.${name}`, value]));
  await Workshop.updateOne({ _id: workshopId, state: 'cancelled' }, { $set: fields });
}
