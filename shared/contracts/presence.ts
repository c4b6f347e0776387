/** Presence: what one says of oneself, and when one was last heard. Whether that is "away" the reader's client decides by its clock. */
import { z } from 'zod';
import { Status } from '../roles.js';
import { defineCall, definePush } from '../define.js';
import { PersonView } from './members.js';

/** A person who is connected. `heardAt` moves when they do something; connecting anew is not doing something. Whoever was never heard has the year 1970. */
export const PersonHere = PersonView.extend({ status: Status, heardAt: z.iso.datetime() });
export type PersonHere = z.infer<typeof PersonHere>;

export const presence = {
  /** The member is at the keyboard; a client says so at most once in `limits.heardEverySeconds`. Answered with the house's time, by which a client knows how its own clock is set. */
  heard: defineCall('presence:heard', { input: z.strictObject({}), output: z.object({ heardAt: z.iso.datetime() }), limit: { points: 10, seconds: 60 } }),
  setStatus: defineCall('presence:setStatus', { input: z.strictObject({ status: Status }), output: z.object({ status: Status }), limit: { points: 20, seconds: 60 } }),
  /** Told to all connections of the member. */
  changed: definePush('presence:changed', z.object({ status: Status })),
} as const;
