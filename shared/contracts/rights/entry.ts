/** Why a member may, or may not, enter a room or a workshop: the gate's own judgement, and all that it rests on. */
import { z } from 'zod';
import { defineRoute } from '../../define.js';
import { Id } from '../../ids.js';
import { PersonView } from '../members.js';
import { MyRestriction, RoomModeView } from '../moderation.js';
import { EndReason, EntryVerdict } from '../rights.js';
import { RoomGate } from '../rooms.js';
import { OrderState } from '../tickets.js';
import { TierOffer, TierView } from '../tiers.js';
import { WorkshopState } from '../workshops.js';

/** Such a right as opens this door. */
export const EntryGrant = z.object({
  /** live: it opens now. coming: it begins at `startsAt`. ended: it opened once. */
  state: z.enum(['live', 'coming', 'ended']),
  source: z.enum(['ticket', 'gift', 'subscription']),
  /** The tier it is; null for a right to one workshop. */
  tierName: z.string().nullable(),
  /** The order it was bought with; null where it was not bought. */
  orderId: Id.nullable(),
  startsAt: z.iso.datetime(),
  /** Null: no end is known. */
  endsAt: z.iso.datetime().nullable(),
  /** Why it ended, or will end; null where nothing ends it. */
  reason: EndReason.nullable(),
});
export type EntryGrant = z.infer<typeof EntryGrant>;

/** What is sold at the workshop's door. */
const Sale = z.object({ isOpen: z.boolean(), seatsLeft: z.int().nonnegative() });

export const EntryView = z.object({
  member: PersonView,
  room: z.object({ id: Id, name: z.string(), gate: RoomGate }),
  /** Whose room it is; null for one of the house. */
  workshop: z.object({ id: Id, title: z.string(), startsAt: z.iso.datetime(), state: WorkshopState, sale: Sale }).nullable(),
  verdict: EntryVerdict,
  /** The highest tier that the member has now. */
  tier: TierView,
  /** The lowest tier that opens the room; null where no tier does. */
  neededTier: TierOffer.nullable(),
  /** The live ones first, those that ended last. */
  grants: z.array(EntryGrant),
  /** What holds the member back in this room, or in the whole house. */
  restrictions: z.array(MyRestriction),
  /** How the room is spoken in; null where the member may not enter. */
  mode: RoomModeView.nullable(),
  /** The member's newest order for the workshop. */
  order: z.object({ id: Id, state: OrderState }).nullable(),
});
export type EntryView = z.infer<typeof EntryView>;

export const AskEntry = z.strictObject({ place: z.enum(['room', 'workshop']), placeId: Id });
export type AskEntry = z.infer<typeof AskEntry>;

export const AskEntryOf = AskEntry.extend({ memberId: Id });
export type AskEntryOf = z.infer<typeof AskEntryOf>;

export const entry = {
  /** About the asking member. What one may not even know of is not there. */
  mine: defineRoute('get', '/api/entry/:place/:placeId', { who: 'member', input: AskEntry, output: EntryView, failures: ['room.not_found', 'workshop.not_found'] }),
  /** About any member, for the organizer who is asked why. */
  of: defineRoute('get', '/api/people/:memberId/entry/:place/:placeId', { who: 'organizer', input: AskEntryOf, output: EntryView, failures: ['room.not_found', 'workshop.not_found', 'member.not_found'] }),
} as const;
