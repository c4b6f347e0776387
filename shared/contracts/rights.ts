/** Rights: why a member may enter, and, when a right has ended, why they no longer may. */
import { z } from 'zod';
import { Id } from '../ids.js';
import { definePush } from '../define.js';

/** What a right opens: a tier (and all rooms below it) or one workshop with its room, stage and questions. */
export const RightScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tier'), tierKey: z.string() }),
  z.object({ kind: z.literal('workshop'), workshopId: Id }),
]);
export type RightScope = z.infer<typeof RightScope>;

/** Why a right ended. `signed_out` ends a connection, not a right. */
export const EndReason = z.enum(['refunded', 'disputed', 'withdrawn', 'ended_by_time', 'workshop_cancelled', 'role_changed', 'banned', 'payment_failed', 'membership_ended', 'tier_changed']);
export type EndReason = z.infer<typeof EndReason>;

/** What opens a door: it is everybody's, or by a tier, by a ticket, by hosting the workshop, by being of the team. */
export const OpenCause = z.enum(['everyone', 'tier', 'ticket', 'host', 'staff']);

/** What keeps it closed. A ban goes before all that would open it, and so does, for whoever is not of the team, a workshop's cancellation. */
export const ClosedCause = z.enum(['banned', 'cancelled', 'tier_too_low', 'staff_only', 'no_ticket']);

/** The one thing that decided. */
export const EntryVerdict = z.discriminatedUnion('canEnter', [
  z.object({ canEnter: z.literal(true), cause: OpenCause }),
  z.object({ canEnter: z.literal(false), cause: ClosedCause }),
]);
export type EntryVerdict = z.infer<typeof EntryVerdict>;

export const rights = {
  /** Told to the member's own connections: a right started or ended; ask again for rooms and workshops. */
  changed: definePush('rights:changed', z.object({ scope: RightScope.nullable(), change: z.enum(['started', 'ended']), reason: EndReason.nullable() })),
  /** Told to one connection: it is out of this room, with the reason where one is known. Nothing more of the room follows. */
  leftRoom: definePush('rights:leftRoom', z.object({ roomId: Id, reason: EndReason.nullable() })),
  /** Told to one connection: it is out of this workshop, its room and its media. */
  leftWorkshop: definePush('rights:leftWorkshop', z.object({ workshopId: Id, reason: EndReason.nullable() })),
} as const;
