/** The doors that calendars themselves ask at: they answer files, not replies. */
import { createHash } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { z } from 'zod';
import { FeedToken } from '../../../shared/contracts/tickets/calendar.js';
import { InWorkshop } from '../../../shared/contracts/workshops.js';
import { AppError } from '../../../shared/failures.js';
import { readInput } from '../../../shared/readInput.js';
import type { Deps } from '../../deps.js';
import { CalendarFeed } from '../../models/calendarFeed.js';
import { Community } from '../../models/community.js';
import { Workshop } from '../../models/workshop.js';
import { calendarText } from './calendarText.js';
import { findEntries } from './findEntries.js';

/** By address: secrets are not to be guessed by the thousand, and a calendar asks but now and then. */
const limit = { points: 60, seconds: 60 };

/**
 * A workshop as a file to put into one's calendar; what is announced is everybody's to know.
 *
 * @throws workshop.not_found - there is none.
 */
export function workshopFile(deps: Deps): RequestHandler {
  return async (request, response) => {
    await deps.limits.spend('get workshop file', request.ip ?? 'unknown', limit);
    const { workshopId } = readInput(InWorkshop, { ...request.query, ...request.params });
    const workshop = await Workshop.findById(workshopId).lean();
    if (!workshop) throw new AppError('workshop.not_found');
    response.set('Content-Disposition', `attachment; filename="workshop-${workshopId}.ics"`);
    answer(response, calendarText([{ workshop, changedAt: workshop.cancellation?.at ?? deps.now() }], deps.publicUrl));
  };
}

const Asked = z.strictObject({ token: FeedToken });

/**
 * A member's own workshops, to whoever knows the feed's address.
 *
 * @throws calendar.not_found - there is no such address, or no more.
 */
export function feedFile(deps: Deps): RequestHandler {
  return async (request, response) => {
    await deps.limits.spend('get calendar feed', request.ip ?? 'unknown', limit);
    const { token } = readInput(Asked, { ...request.query, ...request.params });
    const feed = await CalendarFeed.read(token, deps.now());
    if (!feed) throw new AppError('calendar.not_found');
    const [entries, { name }] = await Promise.all([findEntries(feed._id, deps.now()), Community.show()]);
    // The address is a secret: no page a calendar shows may pass it on.
    response.set('Referrer-Policy', 'no-referrer');
    answer(response, calendarText(entries, deps.publicUrl, name));
  };
}

/** Answers 304 to whoever has this very text. */
function answer(response: Response, text: string): void {
  response.set({ 'Cache-Control': 'private, no-cache', 'X-Robots-Tag': 'noindex', ETag: `"${createHash('sha256').update(text).digest('base64url')}"` });
  response.type('text/calendar; charset=utf-8').send(text);
}
