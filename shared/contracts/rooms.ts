/** Rooms: the directory everybody sees, doors included, and what opens each door. What is said inside is `chat`'s. */
import { z } from 'zod';
import { Id } from '../ids.js';
import { limits } from '../limits.js';
import { defineRoute, definePush } from '../define.js';
import { RoomModeView } from './moderation.js';

/** Who may enter: a tier and all above it, staff alone, or whoever may enter a workshop. */
export const RoomGate = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tier'), tierKey: z.string(), rank: z.int().nonnegative() }),
  z.object({ kind: z.literal('staff') }),
  z.object({ kind: z.literal('workshop'), workshopId: Id }),
]);
export type RoomGate = z.infer<typeof RoomGate>;

/** A room in the directory. A room one may not enter is listed by its door: name, topic and gate, nothing of what is said inside. */
export const RoomView = z.object({
  id: Id,
  name: z.string(),
  topic: z.string(),
  gate: RoomGate,
  canEnter: z.boolean(),
  /** The newest message's `seq`, 0 in an empty room; null where one may not enter. */
  lastSeq: z.int().nonnegative().nullable(),
  /** How it is spoken in; null where one may not enter. */
  mode: RoomModeView.nullable(),
  /** This actor may moderate it. */
  mayModerate: z.boolean(),
});
export type RoomView = z.infer<typeof RoomView>;

export const CreateRoom = z.strictObject({
  name: z.string().trim().regex(/^[\p{L}\p{N}][\p{L}\p{N}-]*$/u, 'letters, digits and dashes').max(limits.roomNameLength),
  topic: z.string().trim().max(limits.topicLength),
  gate: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('tier'), tierKey: z.string().max(40) }),
    z.strictObject({ kind: z.literal('staff') }),
  ]),
});
export type CreateRoom = z.infer<typeof CreateRoom>;

export const rooms = {
  /** All rooms but workshops' own ones (those are reached through their workshop), ordered by name. */
  list: defineRoute('get', '/api/rooms', { who: 'member', input: z.strictObject({}), output: z.array(RoomView) }),
  create: defineRoute('post', '/api/rooms', { who: 'organizer', input: CreateRoom, output: RoomView, failures: ['room.name_taken', 'tier.not_found'] }),
  /** Something in the directory changed: ask `rooms.list` again. */
  changed: definePush('rooms:changed', z.object({})),
} as const;
