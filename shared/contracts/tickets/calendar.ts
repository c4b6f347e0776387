/** Calendars: a workshop as a file, and a member's own workshops under an address that only they know. */
import { z } from 'zod';
import { defineRoute } from '../../define.js';

/** What of a feed its owner may see; its address is told once, when it is made. */
export const FeedView = z.object({
  openedAt: z.iso.datetime(),
  /** When a calendar last asked. */
  readAt: z.iso.datetime().nullable(),
});
export type FeedView = z.infer<typeof FeedView>;

/** The secret part of a feed's address: 144 bits. */
export const FeedToken = z.string().regex(/^[A-Za-z0-9_-]{24}$/, 'an address is given by the house');

/** Where anybody finds a workshop's file. */
export const calendarPath = (workshopId: string): string => `/api/workshops/${workshopId}/calendar.ics`;

const nothing = z.strictObject({});

export const calendar = {
  feed: defineRoute('get', '/api/calendar', { who: 'member', input: nothing, output: FeedView.nullable() }),
  /** Makes an address; one that was made before answers no more. */
  open: defineRoute('post', '/api/calendar', { who: 'member', input: nothing, output: FeedView.extend({ address: z.url() }), limit: { points: 10, seconds: 60 } }),
  close: defineRoute('delete', '/api/calendar', { who: 'member', input: nothing, output: z.object({}) }),
} as const;
