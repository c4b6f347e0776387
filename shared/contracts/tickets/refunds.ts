/** Refunds beyond the plain full one: a part by the organizer's word, and the member's own by the policy of the sale. */
import { z } from 'zod';
import { defineRoute } from '../../define.js';
import { ClientId, Id } from '../../ids.js';
import { limits } from '../../limits.js';
import { OrderView } from '../tickets.js';

/** `clientRefundId` names the refund, so that a double click gives back once. */
export const RefundPart = z.strictObject({
  orderId: Id,
  clientRefundId: ClientId,
  amount: z.int().positive(),
  /** Whether the buyer keeps seat and right. */
  keepsSeat: z.boolean(),
  reason: z.string().trim().max(limits.reasonLength),
});
export type RefundPart = z.infer<typeof RefundPart>;

/** `amount` is what the member was shown: should a moment of the policy have passed meanwhile, nothing is done. */
export const ReturnSeat = z.strictObject({ orderId: Id, amount: z.int().nonnegative() });
export type ReturnSeat = z.infer<typeof ReturnSeat>;

export const refunds = {
  /** Gives back a part of the price, at any time. */
  part: defineRoute('post', '/api/orders/:orderId/refunds', { who: 'organizer', input: RefundPart, output: OrderView, failures: ['order.not_found', 'order.wrong_state', 'refund.too_much', 'payment.unavailable', 'server.busy'] }),
  /** The member gives the seat back, for what the policy of the sale gives now. */
  mine: defineRoute('post', '/api/orders/:orderId/return', { who: 'member', input: ReturnSeat, output: OrderView, failures: ['order.not_found', 'order.wrong_state', 'refund.too_late', 'refund.changed', 'refund.too_much', 'payment.unavailable', 'server.busy'] }),
} as const;
