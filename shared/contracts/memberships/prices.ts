/** What a tier costs: one price per interval that newcomers are offered, and those that members of old still pay. */
import { z } from 'zod';
import { defineRoute } from '../../define.js';
import { ClientId, Id } from '../../ids.js';
import { limits } from '../../limits.js';
import { chargeStep, ChosenCurrency, Money } from '../../money.js';
import { BillingInterval } from './memberships.js';

/** A price that newcomers are offered. `trialDays` are free of charge for whoever has had no trial yet; 0 is none. */
export const TierPriceView = z.object({ id: Id, interval: BillingInterval, price: Money, trialDays: z.int().nonnegative() });
export type TierPriceView = z.infer<typeof TierPriceView>;

/** A price as the organizer sees it. */
export const TierPriceRow = TierPriceView.extend({
  tierKey: z.string(),
  createdAt: z.iso.datetime(),
  /** Since when newcomers are not offered it any more; whoever has it keeps it. */
  closedAt: z.iso.datetime().nullable(),
  /** Whether the payment service knows it: until it does, nobody can begin with it. */
  isReady: z.boolean(),
});
export type TierPriceRow = z.infer<typeof TierPriceRow>;

/** `clientPriceId` names the price, so that a retry makes it once. `amount` is in the currency's minor unit. */
export const SetPrice = z
  .strictObject({
    clientPriceId: ClientId,
    tierKey: z.string().min(1).max(limits.roomNameLength),
    interval: BillingInterval,
    amount: z.int().min(1).max(limits.priceMax),
    currency: ChosenCurrency,
    trialDays: z.int().min(0).max(limits.trialDaysMax),
  })
  .refine(({ amount, currency }) => amount % chargeStep(currency) === 0, { path: ['amount'], error: 'the currency has no such small coin' });
export type SetPrice = z.infer<typeof SetPrice>;

export const prices = {
  /** All there ever were, the newest first. */
  list: defineRoute('get', '/api/prices', { who: 'organizer', input: z.strictObject({}), output: z.array(TierPriceRow) }),
  /** The tier's price from now on. One that it had for this interval is closed by it: members who have that one keep it. */
  set: defineRoute('post', '/api/prices', { who: 'organizer', input: SetPrice, output: TierPriceRow, failures: ['tier.not_found', 'price.too_small'] }),
  /** Offers it to nobody any more; members who have it keep it. */
  close: defineRoute('post', '/api/prices/:priceId/close', { who: 'organizer', input: z.strictObject({ priceId: Id }), output: TierPriceRow, failures: ['price.not_found'] }),
} as const;
