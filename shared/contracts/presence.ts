/** Presence: what one says of oneself, and when one was last heard. Whether that is "away" the reader's client decides by its clock. */
import { z } from 'zod';
import { defineCall } from './define.js';
import { PersonView } from './members.js';

export const Status = z.enum(['available', 'busy']);
export type Status = z.infer<typeof Status>;

/** A person who is connected. `heardAt` moves when they do something; connecting anew is not doing something. */
export const PersonHere = PersonView.extend({ status: Status, heardAt: z.iso.datetime() });
export type PersonHere = z.infer<typeof PersonHere>;

export const presence = {
  /** The member is at the keyboard; a client says so at most once in `limits.heardEverySeconds`. */
  heard: defineCall('presence:heard', { input: z.strictObject({}), output: z.object({}), limit: { points: 10, seconds: 60 } }),
  setStatus: defineCall('presence:setStatus', { input: z.strictObject({ status: Status }), output: z.object({ status: Status }), limit: { points: 20, seconds: 60 } }),
} as const;
