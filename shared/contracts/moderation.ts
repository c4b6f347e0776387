/** Moderation: how a room is spoken in, who may not speak or enter for a while, and the record of all that was done about it. */
import { z } from 'zod';
import { Id } from '../ids.js';
import { limits } from '../limits.js';
import { defineCall, definePush, defineRoute } from '../define.js';
import { PersonView } from './members.js';

/** How a room is spoken in. Whoever may moderate it speaks in every mode. */
export const RoomMode = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('normal') }),
  /** Each member once in so many seconds. */
  z.strictObject({ kind: z.literal('slow'), seconds: z.int().min(1).max(limits.slowSecondsMax) }),
  z.strictObject({ kind: z.literal('read_only') }),
  /** Only what ends with a question mark. */
  z.strictObject({ kind: z.literal('questions_only') }),
  z.strictObject({ kind: z.literal('emoji_only') }),
]);
export type RoomMode = z.infer<typeof RoomMode>;

/** `isAutomatic`: the house made the room slow because too much was said at once, and makes it normal again by itself. */
export const RoomModeView = z.object({ mode: RoomMode, isAutomatic: z.boolean(), since: z.iso.datetime().nullable() });
export type RoomModeView = z.infer<typeof RoomModeView>;

/** A member who may not speak (timeout) or not enter (ban), in one room or, with `roomId` null, in the whole house. */
export const RestrictionView = z.object({
  id: Id,
  kind: z.enum(['timeout', 'ban']),
  member: PersonView,
  roomId: Id.nullable(),
  reason: z.string(),
  by: PersonView,
  since: z.iso.datetime(),
  /** Null: until it is lifted. */
  until: z.iso.datetime().nullable(),
});
export type RestrictionView = z.infer<typeof RestrictionView>;

export const Restrict = z
  .strictObject({
    /** The client names it, so that a retry is the same restriction. */
    clientRestrictionId: z.uuid(),
    kind: z.enum(['timeout', 'ban']),
    memberId: Id,
    roomId: Id.nullable(),
    minutes: z.int().min(1).max(limits.restrictionMinutesMax).nullable(),
    reason: z.string().trim().min(1).max(limits.reasonLength),
  })
  .refine((input) => input.kind === 'ban' || input.minutes !== null, 'a timeout has an end');
export type Restrict = z.infer<typeof Restrict>;

/** A restriction as the restricted member sees it. Who it was by stays among those who moderate. */
export const MyRestriction = RestrictionView.pick({ kind: true, roomId: true, reason: true, until: true });
export type MyRestriction = z.infer<typeof MyRestriction>;

export const AuditAction = z.enum(['mode_set', 'message_removed', 'message_pinned', 'message_unpinned', 'member_timed_out', 'member_banned', 'restriction_lifted']);
export type AuditAction = z.infer<typeof AuditAction>;

/** One thing that was done. `by` is null where the house did it by itself. */
export const AuditEntryView = z.object({
  id: Id,
  at: z.iso.datetime(),
  action: AuditAction,
  by: PersonView.nullable(),
  member: PersonView.nullable(),
  roomId: Id.nullable(),
  messageId: Id.nullable(),
  /** The reason that was given, in the words of whoever gave it; empty where none is asked for. */
  reason: z.string(),
  /** The mode that was set. */
  mode: RoomMode.nullable(),
  /** Until when the restriction was to stand; null for good, and where nothing was restricted. */
  until: z.iso.datetime().nullable(),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;

/** Of one room, or with `roomId` null of the whole house; the newest first, before the entry `before`. */
export const ReadAudit = z.strictObject({ roomId: Id.nullable(), before: Id.optional(), limit: z.int().min(1).max(limits.historyPageMax).default(limits.historyPage) });
export type ReadAudit = z.infer<typeof ReadAudit>;

const failures = ['room.not_found', 'role.required'] as const;

/** Of moderators and organizers everywhere; of a workshop's hosts in its own room. What concerns the whole house is the organizers' and moderators'. */
export const moderation = {
  setMode: defineCall('moderation:setMode', { input: z.strictObject({ roomId: Id, mode: RoomMode }), output: RoomModeView, failures }),
  /** Nobody restricts staff but an organizer, and nobody an organizer. */
  restrict: defineCall('moderation:restrict', { input: Restrict, output: RestrictionView, failures: [...failures, 'member.not_found'] }),
  lift: defineCall('moderation:lift', { input: z.strictObject({ restrictionId: Id }), output: z.object({}), failures: ['restriction.not_found', 'role.required'] }),
  /** Those that stand now, in one room or, with `roomId` null, everywhere. */
  restrictions: defineCall('moderation:restrictions', { input: z.strictObject({ roomId: Id.nullable() }), output: z.array(RestrictionView), failures }),
  audit: defineCall('moderation:audit', { input: ReadAudit, output: z.object({ entries: z.array(AuditEntryView), hasMore: z.boolean() }), failures }),
  /** The restrictions that hold the asking member now. */
  mine: defineRoute('get', '/api/restrictions/mine', { who: 'member', input: z.strictObject({}), output: z.array(MyRestriction) }),
  /** Told inside the room. Of two, the one with the later `since` is true. */
  modeChanged: definePush('moderation:modeChanged', z.object({ roomId: Id, mode: RoomModeView })),
  /** Told to all connections of the member: a restriction began, or with `isOver` ended. */
  restricted: definePush('moderation:restricted', MyRestriction.extend({ isOver: z.boolean() })),
} as const;
