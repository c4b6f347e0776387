/** Tiers: what a membership is called and where it stands. `rank` orders them; the free tier has rank 0 and is everybody's. */
import { z } from 'zod';
import { limits } from '../limits.js';
import { defineRoute } from '../define.js';
import { TierPriceView } from './memberships/prices.js';

export const TierKey = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'a tier key is lower-case letters, digits and dashes');

export const TierView = z.object({
  key: z.string(),
  name: z.string(),
  rank: z.int().nonnegative(),
  /** What it opens, a line each, in the community's own words. */
  perks: z.array(z.string()),
});
export type TierView = z.infer<typeof TierView>;

/** A tier with what newcomers are asked for it; no price where it is not for sale. */
export const TierOffer = TierView.extend({ prices: z.array(TierPriceView) });
export type TierOffer = z.infer<typeof TierOffer>;

export const SaveTier = z.strictObject({
  key: TierKey,
  name: z.string().trim().min(1).max(limits.roomNameLength),
  rank: z.int().min(1).max(100),
  perks: z.array(z.string().trim().min(1).max(limits.topicLength)).max(8),
});
export type SaveTier = z.infer<typeof SaveTier>;

export const tiers = {
  list: defineRoute('get', '/api/tiers', { who: 'anyone', input: z.strictObject({}), output: z.array(TierOffer) }),
  /** Makes the tier or, where the key exists, changes it. Ranks are unique. */
  save: defineRoute('post', '/api/tiers', { who: 'organizer', input: SaveTier, output: TierView, failures: ['tier.key_taken'] }),
} as const;
