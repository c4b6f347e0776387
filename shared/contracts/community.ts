/** The community itself: what the front page and every client must know before anyone signs in. */
import { z } from 'zod';
import { limits } from '../limits.js';
import { defineRoute, definePush } from '../define.js';
import { TierOffer } from './tiers.js';

/** How live video stands on this node. `progress` runs from 0 to 1. */
export const MediaStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('preparing'), progress: z.number().min(0).max(1), text: z.string() }),
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('unavailable'), reason: z.string() }),
]);
export type MediaStatus = z.infer<typeof MediaStatus>;

export const CommunityView = z.object({
  name: z.string(),
  tagline: z.string(),
  tiers: z.array(TierOffer),
  /** True while money is only played with: the Stripe sandbox, or a Stripe test key. Every page that sells says so. */
  testMode: z.boolean(),
  /** True where the sandbox plays Stripe: organizers may open its console. */
  sandboxConsole: z.boolean(),
  /** True while no organizer exists: the client shows how the first one is made. */
  needsOrganizer: z.boolean(),
  media: MediaStatus,
});
export type CommunityView = z.infer<typeof CommunityView>;

export const SaveCommunity = z.strictObject({
  name: z.string().trim().min(1).max(limits.nameLength),
  tagline: z.string().trim().max(limits.topicLength),
});
export type SaveCommunity = z.infer<typeof SaveCommunity>;

const Attachment = z.object({ name: z.string(), type: z.string(), text: z.string() });

export const OutboxMail = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  /** Absent in a mail from before there were any. */
  attachments: z.array(Attachment).default([]),
  sentAt: z.iso.datetime(),
});
export type OutboxMail = z.infer<typeof OutboxMail>;

export const community = {
  show: defineRoute('get', '/api/community', { who: 'anyone', input: z.strictObject({}), output: CommunityView }),
  save: defineRoute('patch', '/api/community', { who: 'organizer', input: SaveCommunity, output: CommunityView }),
  /** Mails kept for reading in the browser; empty where `SMTP_URL` sends them for real. */
  outbox: defineRoute('get', '/api/outbox', { who: 'organizer', input: z.strictObject({}), output: z.object({ keepsMails: z.boolean(), mails: z.array(OutboxMail) }) }),
  mediaChanged: definePush('community:mediaChanged', MediaStatus),
  /** The bus between nodes was away and is back: ask again for whatever may have been missed. */
  resync: definePush('community:resync', z.object({})),
} as const;
