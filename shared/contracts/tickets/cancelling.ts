/** Cancelling a workshop: everybody is out, and everybody's money goes back. */
import { z } from 'zod';
import { defineRoute } from '../../define.js';
import { Id } from '../../ids.js';
import { limits } from '../../limits.js';
import { Money } from '../../money.js';
import { PersonView } from '../members.js';
import { InWorkshop } from '../workshops.js';

/** `reason` is what everybody reads, and what the mail says. */
export const CancelWorkshop = InWorkshop.extend({ reason: z.string().trim().min(1).max(limits.reasonLength) });
export type CancelWorkshop = z.infer<typeof CancelWorkshop>;

/** How far a cancellation is; it changes as `tickets:moneyChanged` is told of the workshop. */
export const CancellationView = z.object({
  reason: z.string(),
  by: PersonView.nullable(),
  at: z.iso.datetime(),
  /** Orders that were paid, or were being paid, when it was cancelled. The four below are their parts. */
  total: z.int(),
  /** With money back, or a free ticket taken back. */
  refunded: z.int(),
  /** Accepted by Stripe, not yet with the buyer. */
  returning: z.int(),
  /** Still to be asked for, or still at the checkout. */
  waiting: z.int(),
  /** Refunds that will not go through by themselves. */
  stuck: z.array(z.object({ orderId: Id, buyer: PersonView, since: z.iso.datetime() })),
  /** What was given back or is on its way. */
  returned: Money,
  /** When nothing was left to ask for. */
  doneAt: z.iso.datetime().nullable(),
});
export type CancellationView = z.infer<typeof CancellationView>;

const failures = ['workshop.not_found', 'workshop.wrong_state'] as const;

export const cancelling = {
  /** Ends the workshop for everybody at once; the refunds follow by themselves. */
  cancel: defineRoute('post', '/api/workshops/:workshopId/cancel', { who: 'organizer', input: CancelWorkshop, output: CancellationView, failures: [...failures, 'server.busy'] }),
  show: defineRoute('get', '/api/workshops/:workshopId/cancellation', { who: 'organizer', input: InWorkshop, output: CancellationView, failures }),
  /** Asks once more for every refund that is stuck. */
  retry: defineRoute('post', '/api/workshops/:workshopId/cancellation/retry', { who: 'organizer', input: InWorkshop, output: CancellationView, failures }),
} as const;
