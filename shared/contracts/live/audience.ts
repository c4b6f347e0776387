/** The audience of a workshop: how many watch, and what they show without words. */
import { z } from 'zod';
import { Id } from '../../ids.js';
import { defineCall, definePush } from '../../define.js';
import { InWorkshop } from '../workshops.js';

/** What one may show; few, so that a glance reads them. */
export const Reaction = z.enum(['👏', '❤️', '😂', '🎉', '🤯', '🤔']);
export type Reaction = z.infer<typeof Reaction>;

/** Members, each once, however many tabs, devices and nodes they are on. */
export const AudienceView = z.object({ workshopId: Id, count: z.int().nonnegative() });
export type AudienceView = z.infer<typeof AudienceView>;

export const React = InWorkshop.extend({ reaction: Reaction });
export type React = z.infer<typeof React>;

/** Each of them happened that many times since the last telling of the node that tells. */
export const Reactions = z.object({ workshopId: Id, counts: z.array(z.object({ reaction: Reaction, count: z.int().positive() })).min(1) });
export type Reactions = z.infer<typeof Reactions>;

export const audience = {
  show: defineCall('audience:show', { input: InWorkshop, output: AudienceView, failures: ['workshop.not_found'] }),
  /** Some came or went. Told at most once in two seconds by each node, however many they were. */
  counted: definePush('audience:counted', AudienceView, { mayBeDropped: true }),
  /** Shows the others something. It is not kept: whoever is not looking misses it. */
  react: defineCall('audience:react', { input: React, output: z.object({}), failures: ['workshop.not_found', 'workshop.wrong_state', 'member.timed_out'], limit: { points: 12, seconds: 6 } }),
  /** What was shown in the last half second, told by each node for its own members. */
  reacted: definePush('audience:reacted', Reactions, { mayBeDropped: true }),
} as const;
