/**
 * Every failure a client can be told of: one row each, `code -> HTTP status and the shape of its data`.
 * Whatever is not in this table leaves the server as `server.broke`.
 */
import { z } from 'zod';
import { Money } from './money.js';

const nothing = z.object({});
const retry = z.object({ retryAt: z.iso.datetime() });

export const failures = {
  'input.invalid': { status: 400, data: z.object({ problems: z.array(z.object({ path: z.string(), message: z.string() })) }) },
  'origin.refused': { status: 403, data: nothing },
  'route.not_found': { status: 404, data: nothing },
  'limits.too_many': { status: 429, data: retry },
  'session.required': { status: 401, data: nothing },
  'session.expired': { status: 401, data: nothing },
  'session.reused': { status: 401, data: nothing },
  'member.wrong_credentials': { status: 401, data: nothing },
  'member.email_taken': { status: 409, data: nothing },
  'member.not_found': { status: 404, data: nothing },
  'member.last_organizer': { status: 409, data: nothing },
  'role.required': { status: 403, data: nothing },
  'setup.closed': { status: 404, data: nothing },
  'tier.not_found': { status: 404, data: nothing },
  'tier.key_taken': { status: 409, data: nothing },
  'room.not_found': { status: 404, data: nothing },
  'room.name_taken': { status: 409, data: nothing },
  'room.slow': { status: 429, data: retry },
  'room.read_only': { status: 409, data: nothing },
  'room.questions_only': { status: 409, data: nothing },
  'room.emoji_only': { status: 409, data: nothing },
  'room.too_many_pins': { status: 409, data: nothing },
  'message.not_found': { status: 404, data: nothing },
  'message.deleted': { status: 409, data: nothing },
  'message.too_many_edits': { status: 409, data: nothing },
  'message.too_many_reactions': { status: 409, data: nothing },
  'mention.refused': { status: 403, data: nothing },
  'member.timed_out': { status: 403, data: z.object({ until: z.iso.datetime(), reason: z.string() }) },
  'restriction.not_found': { status: 404, data: nothing },
  'workshop.not_found': { status: 404, data: nothing },
  'workshop.wrong_state': { status: 409, data: z.object({ state: z.string() }) },
  'question.not_found': { status: 404, data: nothing },
  'question.too_many_open': { status: 409, data: z.object({ max: z.int() }) },
  'question.wrong_state': { status: 409, data: z.object({ state: z.string() }) },
  'certificate.not_found': { status: 404, data: nothing },
  'certificate.not_earned': { status: 409, data: z.object({ reason: z.enum(['not_final', 'too_short', 'none_given']) }) },
  'certificate.revoked': { status: 410, data: nothing },
  'certificate.forged': { status: 400, data: nothing },
  'poll.not_found': { status: 404, data: nothing },
  'poll.wrong_state': { status: 409, data: z.object({ state: z.string() }) },
  'poll.wrong_choice': { status: 400, data: nothing },
  'poll.too_many': { status: 409, data: nothing },
  'step.not_found': { status: 404, data: nothing },
  'step.wrong_state': { status: 409, data: z.object({ state: z.string() }) },
  'steps.changed_since': { status: 409, data: nothing },
  'stage.locked': { status: 409, data: nothing },
  'stage.already': { status: 409, data: nothing },
  'stage.nobody': { status: 404, data: nothing },
  'stage.not_invited': { status: 409, data: nothing },
  'stage.silenced': { status: 403, data: nothing },
  'media.preparing': { status: 503, data: nothing },
  'media.unavailable': { status: 503, data: nothing },
  'media.unsupported': { status: 400, data: nothing },
  'media.not_found': { status: 404, data: nothing },
  'media.stale_epoch': { status: 409, data: z.object({ epoch: z.int() }) },
  'ticket.sold_out': { status: 409, data: nothing },
  'ticket.already_yours': { status: 409, data: nothing },
  'ticket.sale_closed': { status: 409, data: nothing },
  'ticket.type_not_found': { status: 404, data: nothing },
  'price.too_small': { status: 409, data: z.object({ least: Money }) },
  'sale.changed_since': { status: 409, data: nothing },
  'pool.too_small': { status: 409, data: z.object({ pool: z.string(), least: z.int() }) },
  'coupon.not_found': { status: 404, data: nothing },
  'coupon.code_taken': { status: 409, data: nothing },
  'coupon.refused': { status: 409, data: z.object({ reason: z.enum(['unknown', 'over', 'not_here', 'used_up', 'yours_used_up']) }) },
  'order.disputed': { status: 409, data: z.object({ orderId: z.string() }) },
  'order.not_found': { status: 404, data: nothing },
  'order.wrong_state': { status: 409, data: z.object({ state: z.string() }) },
  'refund.too_late': { status: 409, data: nothing },
  'refund.too_much': { status: 409, data: z.object({ left: z.int() }) },
  'refund.changed': { status: 409, data: z.object({ amount: z.int() }) },
  'attention.changed': { status: 409, data: nothing },
  'price.not_found': { status: 404, data: nothing },
  'price.same': { status: 409, data: nothing },
  'price.wrong_currency': { status: 409, data: nothing },
  'membership.not_found': { status: 404, data: nothing },
  'membership.no_trial': { status: 409, data: nothing },
  'membership.already': { status: 409, data: nothing },
  'membership.fix_card': { status: 409, data: z.object({ graceUntil: z.iso.datetime() }) },
  'membership.wrong_state': { status: 409, data: z.object({ state: z.string() }) },
  'membership.preview_changed': { status: 409, data: z.object({ due: z.int() }) },
  'payment.declined': { status: 402, data: nothing },
  'payment.proof_wanted': { status: 402, data: nothing },
  'partnership.in_future': { status: 409, data: nothing },
  'partnership.not_found': { status: 404, data: nothing },
  'calendar.not_found': { status: 404, data: nothing },
  'payment.unavailable': { status: 502, data: nothing },
  'webhook.refused': { status: 400, data: nothing },
  'server.busy': { status: 503, data: nothing },
  'server.broke': { status: 500, data: z.object({ requestId: z.string() }) },
} as const satisfies Record<string, { status: number; data: z.ZodType }>;

export type FailureCode = keyof typeof failures;
export type FailureData<C extends FailureCode> = z.infer<(typeof failures)[C]['data']>;

/** A failure as it travels: the code and its data; the words for people are the client's. */
export interface Failure<C extends FailureCode = FailureCode> {
  code: C;
  data: FailureData<C>;
}

/** What every call and route answers. */
export type Reply<T> = { ok: true; data: T } | { ok: false; failure: Failure };

type DataArgument<C extends FailureCode> = Record<string, never> extends FailureData<C> ? [data?: FailureData<C>] : [data: FailureData<C>];

/** A failure thrown by code. Only these reach a client as they are. */
export class AppError<C extends FailureCode = FailureCode> extends Error {
  readonly failure: Failure<C>;

  constructor(readonly code: C, ...[data]: DataArgument<C>) {
    super(code);
    this.name = 'AppError';
    this.failure = { code, data: (data ?? {}) as FailureData<C> };
  }
}
