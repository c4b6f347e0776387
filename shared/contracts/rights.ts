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

export const rights = {
  /** Told to the member's own connections: a right started or ended; ask again for rooms and workshops. */
  changed: definePush('rights:changed', z.object({ scope: RightScope.nullable(), change: z.enum(['started', 'ended']), reason: EndReason.nullable() })),
  /** Told to one connection: it is out of this room, with the reason where one is known. Nothing more of the room follows. */
  leftRoom: definePush('rights:leftRoom', z.object({ roomId: Id, reason: EndReason.nullable() })),
  /** Told to one connection: it is out of this workshop, its room and its media. */
  leftWorkshop: definePush('rights:leftWorkshop', z.object({ workshopId: Id, reason: EndReason.nullable() })),
} as const;
