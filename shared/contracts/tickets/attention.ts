/** The money attention queue: what a person should look at, what may be done about it, and when all was last compared with Stripe. */
import { z } from 'zod';
import { defineRoute } from '../../define.js';
import { Id } from '../../ids.js';
import { Currency, Money } from '../../money.js';
import { PersonView } from '../members.js';

/** Names an item by what it is about: `order:…`, `webhook:evt_…`, `payment:pi_…`, `subscription:sub_…`, `right:…`, `seats:…`. */
export const AttentionId = z.string().regex(/^(order|dispute|webhook|payment|subscription|right|seats):\w{1,100}$/, 'an item is named by the house');

/**
 * One click that mends something. It is sent as it was shown: what is no longer offered just so is not done. Amounts are in minor units.
 * ask_again: it is compared with Stripe once more. give_back: so much goes back to whoever paid. refund_again: a refund that failed is asked
 * for anew. end_right: the right ends at once. align_seats: seats that belong to no valid ticket are let go, and valid tickets get theirs.
 * end_subscription: Stripe charges nothing more for it. set_aside: it is not the house's, and is not shown again.
 */
export const Repair = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ask_again') }),
  z.strictObject({ kind: z.literal('give_back'), amount: z.int().positive(), currency: Currency }),
  z.strictObject({ kind: z.literal('refund_again'), amount: z.int().positive(), currency: Currency }),
  z.strictObject({ kind: z.literal('end_right') }),
  z.strictObject({ kind: z.literal('align_seats') }),
  z.strictObject({ kind: z.literal('end_subscription') }),
  z.strictObject({ kind: z.literal('set_aside') }),
]);
export type Repair = z.infer<typeof Repair>;

const item = { id: AttentionId, since: z.iso.datetime(), repairs: z.array(Repair) };
const ofOrder = { ...item, orderId: Id, buyer: PersonView, title: z.string() };
/** Where it is to be seen at Stripe; null where the sandbox plays Stripe. */
const atStripe = { stripeUrl: z.url().nullable() };

/** What is wrong, with exactly what there is to say about it. */
export const AttentionItem = z.discriminatedUnion('kind', [
  /** Somebody has paid, and may not enter. */
  z.object({ kind: z.literal('paid_without_right'), ...ofOrder, paid: Money }),
  /** Money that was to go back has not: Stripe has said no, or takes longer than a day, or waits for an answer of the buyer's (until `until`, where it says). */
  z.object({ kind: z.literal('refund_stuck'), ...ofOrder, owed: Money, why: z.enum(['failed', 'slow', 'asks_buyer']), until: z.iso.datetime().nullable() }),
  /** A bank asks, and takes the money for good unless it is answered by `dueAt`. */
  z.object({ kind: z.literal('dispute_due'), ...ofOrder, ...atStripe, amount: Money, dueAt: z.iso.datetime() }),
  /** Somebody may enter, and nothing was paid for that. */
  z.object({
    kind: z.literal('right_without_money'),
    ...item,
    person: PersonView,
    right: z.discriminatedUnion('kind', [z.object({ kind: z.literal('workshop'), title: z.string() }), z.object({ kind: z.literal('tier'), tierName: z.string() })]),
  }),
  /** Stripe has told of something, and the house could not follow; `person` is whom it is about, where that is known. */
  z.object({ kind: z.literal('webhook_stuck'), ...item, type: z.string(), person: PersonView.nullable(), tries: z.int() }),
  /** Money at Stripe of which the books know nothing. */
  z.object({ kind: z.literal('unknown_payment'), ...item, ...atStripe, amount: Money, email: z.string().nullable() }),
  /** A subscription at Stripe that is charged, and is no membership. */
  z.object({ kind: z.literal('unknown_subscription'), ...item, ...atStripe, price: Money, email: z.string().nullable() }),
  /** More or fewer seats are taken than there are valid tickets. */
  z.object({ kind: z.literal('seats_disagree'), ...item, workshopId: Id, title: z.string(), taken: z.int(), valid: z.int() }),
]);
export type AttentionItem = z.infer<typeof AttentionItem>;

/** One comparison with Stripe: of how many things, and how many of them were made true. `by` is null where the house did it by itself. */
export const ComparisonView = z.object({ at: z.iso.datetime(), by: PersonView.nullable(), state: z.enum(['running', 'done', 'failed']), looked: z.int(), mended: z.int() });
export type ComparisonView = z.infer<typeof ComparisonView>;

export const AttentionView = z.object({ items: z.array(AttentionItem), comparison: ComparisonView.nullable() });
export type AttentionView = z.infer<typeof AttentionView>;

export const RepairAttention = z.strictObject({ itemId: AttentionId, repair: Repair });
export type RepairAttention = z.infer<typeof RepairAttention>;

const nothing = z.strictObject({});

/** For organizers; what is asked for changes as `tickets:moneyChanged` is told. */
export const attention = {
  /** What should be looked at, the longest waiting first, and the newest comparison. */
  list: defineRoute('get', '/api/attention', { who: 'organizer', input: nothing, output: AttentionView }),
  /** Mends one thing, once, whoever presses and however often; `left` is what is still wrong with it afterwards. */
  repair: defineRoute('post', '/api/attention/:itemId/repair', { who: 'organizer', input: RepairAttention, output: z.object({ left: AttentionItem.nullable() }), failures: ['attention.changed', 'payment.unavailable', 'payment.declined', 'payment.proof_wanted', 'order.wrong_state', 'server.busy'] }),
  /** Compares with Stripe now; where that is under way already, it is told so. */
  compare: defineRoute('post', '/api/attention/compare', { who: 'organizer', input: nothing, output: ComparisonView.nullable(), limit: { points: 10, seconds: 60 } }),
} as const;
