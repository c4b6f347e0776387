/** A member's own membership: beginning it, changing it, ending it, and what becomes of it. */
import { z } from 'zod';
import { ClientId, Id } from '../../ids.js';
import { limits } from '../../limits.js';
import { Currency, Money } from '../../money.js';
import { definePush, defineRoute } from '../../define.js';

/** How often a tier is paid for. */
export const BillingInterval = z.enum(['month', 'year']);
export type BillingInterval = z.infer<typeof BillingInterval>;

/** A tier at a price, as it was when the member took it: it stays theirs whatever newcomers pay. */
export const Plan = z.object({ priceId: Id, tierKey: z.string(), tierName: z.string(), interval: BillingInterval, price: Money });
export type Plan = z.infer<typeof Plan>;

/** What happens next by itself, and when. */
export const NextStep = z.discriminatedUnion('kind', [
  /** The next payment; the first one, when a trial ends. */
  z.object({ kind: z.literal('renews'), at: z.iso.datetime(), price: Money }),
  /** The member goes over to another plan, and pays for that. */
  z.object({ kind: z.literal('changes'), at: z.iso.datetime(), plan: Plan }),
  /** The membership ends; until then everything stays open. */
  z.object({ kind: z.literal('ends'), at: z.iso.datetime() }),
]);
export type NextStep = z.infer<typeof NextStep>;

/**
 * Why a membership ended. `not_completed`: its checkout was left, and it never began. `trial_used`: the card has had its free
 * trial under another name; nothing was charged.
 */
export const MembershipEnd = z.enum(['cancelled', 'payment_failed', 'not_completed', 'trial_used']);
export type MembershipEnd = z.infer<typeof MembershipEnd>;

const base = { id: Id, plan: Plan };
const running = { ...base, since: z.iso.datetime(), periodEnd: z.iso.datetime(), next: NextStep };

/**
 * starting: the checkout is open, nothing is theirs yet. trialing: everything is open, nothing was paid. active: paid until `periodEnd`.
 * past_due: a payment failed; everything stays open until `graceUntil`, and the card is to be mended before. ended: it opens nothing any more.
 */
export const MembershipView = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting'), ...base, checkoutUrl: z.string().nullable(), expiresAt: z.iso.datetime() }),
  z.object({ state: z.literal('trialing'), ...running, trialEnd: z.iso.datetime() }),
  z.object({ state: z.literal('active'), ...running }),
  z.object({ state: z.literal('past_due'), ...running, graceUntil: z.iso.datetime(), owed: Money }),
  z.object({ state: z.literal('ended'), ...base, endedAt: z.iso.datetime(), reason: MembershipEnd }),
]);
export type MembershipView = z.infer<typeof MembershipView>;
export type MembershipState = MembershipView['state'];

/** `membership` is the one that lives, or else the last that did; null when there was none. */
export const MyMembership = z.object({
  membership: MembershipView.nullable(),
  /** Whether the free trial of a price that offers one is still to be had. */
  isTrialLeft: z.boolean(),
});
export type MyMembership = z.infer<typeof MyMembership>;

/**
 * The browser names the price, never an amount. `clientMembershipId` names the attempt, so that a double click begins once.
 * `withTrial` is what the member was shown: who is shown a free trial is not charged instead.
 */
export const StartMembership = z.strictObject({ clientMembershipId: ClientId, priceId: Id, withTrial: z.boolean() });
export type StartMembership = z.infer<typeof StartMembership>;

const ToPrice = z.strictObject({ priceId: Id });
export type ToPrice = z.infer<typeof ToPrice>;

/**
 * One line of what a change costs; `amount` is signed. unused: what is given back for the rest of a period that was paid. remaining: the
 * rest of the running period at the new price. period: a whole period. other: what else was waiting for an invoice; `label` says what.
 */
export const ChangeLine = z.object({ kind: z.enum(['unused', 'remaining', 'period', 'other']), tierName: z.string(), label: z.string(), amount: z.int() });
export type ChangeLine = z.infer<typeof ChangeLine>;

/**
 * What going over to another plan would mean. now: at once, and `due` is charged at once; what the lines give back beyond it
 * is kept as `credit` for coming invoices. at_period_end: nothing is charged now, and everything stays until `at`.
 */
export const ChangePreview = z.object({
  when: z.enum(['now', 'at_period_end']),
  /** When it takes effect; for a change at once also the moment to which the lines were reckoned. */
  at: z.iso.datetime(),
  plan: Plan,
  due: z.int().nonnegative(),
  credit: z.int().nonnegative(),
  currency: Currency,
  lines: z.array(ChangeLine),
  /** The next ordinary payment after the change. */
  next: z.object({ at: z.iso.datetime(), price: Money }),
});
export type ChangePreview = z.infer<typeof ChangePreview>;

/** `when`, `at` and `due` are those of the preview: what would come to something else is not done. */
export const ChangeMembership = ToPrice.extend({ when: ChangePreview.shape.when, at: z.iso.datetime(), due: z.int().min(0).max(limits.priceMax) });
export type ChangeMembership = z.infer<typeof ChangeMembership>;

/** The member's page in the browser: `mine`, and the one that the checkout returns to. */
export const membershipPages = { mine: '/membership', after: (membershipId: string): string => `/memberships/${membershipId}` } as const;

const nothing = z.strictObject({});
const common = ['membership.not_found', 'membership.wrong_state', 'payment.unavailable'] as const;
const seldom = { points: 20, seconds: 60 };

export const memberships = {
  mine: defineRoute('get', '/api/memberships/mine', { who: 'member', input: nothing, output: MyMembership }),
  /** Opens a checkout. One that is open already for another price is closed for it. */
  start: defineRoute('post', '/api/memberships', { who: 'member', input: StartMembership, output: MembershipView, failures: ['price.not_found', 'membership.no_trial', 'membership.already', 'membership.fix_card', 'payment.unavailable'], limit: seldom }),
  /** A membership as it truly is: first compared with Stripe. It is where the checkout returns to, and grants nothing by itself. */
  show: defineRoute('get', '/api/memberships/:membershipId', { who: 'member', input: z.strictObject({ membershipId: Id }), output: MembershipView, failures: ['membership.not_found', 'payment.unavailable'] }),
  previewChange: defineRoute('post', '/api/memberships/mine/preview', { who: 'member', input: ToPrice, output: ChangePreview, failures: ['price.not_found', 'price.same', 'price.wrong_currency', 'membership.fix_card', ...common], limit: seldom }),
  change: defineRoute('post', '/api/memberships/mine/change', { who: 'member', input: ChangeMembership, output: MyMembership, failures: ['price.not_found', 'price.same', 'price.wrong_currency', 'membership.preview_changed', 'membership.fix_card', 'payment.declined', 'payment.proof_wanted', ...common], limit: seldom }),
  /** Ends it when what is paid for, or the trial, is over. */
  cancel: defineRoute('post', '/api/memberships/mine/cancel', { who: 'member', input: nothing, output: MyMembership, failures: common, limit: seldom }),
  /** Takes back a cancellation, or a change that is to come. */
  resume: defineRoute('post', '/api/memberships/mine/resume', { who: 'member', input: nothing, output: MyMembership, failures: common, limit: seldom }),
  /** The address of Stripe's own page for this member: `card` to mend the card, `overview` for invoices and all else. */
  openPortal: defineRoute('post', '/api/memberships/mine/portal', { who: 'member', input: z.strictObject({ page: z.enum(['card', 'overview']) }), output: z.object({ url: z.string() }), failures: ['membership.not_found', 'payment.unavailable'], limit: seldom }),
  /** Told to the member's own connections. */
  changed: definePush('memberships:changed', MyMembership),
} as const;
