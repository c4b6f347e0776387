import { randomBytes } from 'node:crypto';
import type { FeedView } from '../../../shared/contracts/tickets/calendar.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { CalendarFeed } from '../../models/calendarFeed.js';
import { viewFeed } from './viewFeed.js';

/** Gives the actor's calendar a new address, and ends the one before. It is told here and never again. */
export async function openFeed(deps: Deps, actor: Actor): Promise<FeedView & { address: string }> {
  const token = randomBytes(18).toString('base64url');
  const feed = await CalendarFeed.open(actor.memberId, token, deps.now());
  return { ...viewFeed(feed), address: `${deps.publicUrl}/api/calendar/${token}.ics` };
}
