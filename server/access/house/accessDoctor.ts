/** Who may look at how this node's live video is set up, and try it: those who give workshops, and organizers. */
import { AppError } from '../../../shared/failures.js';
import type { Actor } from '../actor.js';
import { isBanned } from '../moderation/restrictions.js';

/** @throws role.required */
export function accessDoctor(actor: Actor, now: Date): void {
  if ((actor.role !== 'host' && actor.role !== 'organizer') || isBanned(actor, null, now)) throw new AppError('role.required');
}
