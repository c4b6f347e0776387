/** What schedules can be made of and changed to: https://docs.stripe.com/api/subscription_schedules */
import { z } from 'zod';
import { flag, id as idParam, integer, list, metadata, oneOf, params } from '../api/params.js';

const prorationBehavior = oneOf('always_invoice', 'create_prorations', 'none');

/** The parameters of `POST /v1/subscription_schedules`: as at Stripe, `from_subscription` stands alone. */
export const newScheduleParams = params({ from_subscription: idParam() });

const phase = z.strictObject({
  duration: z.strictObject({ interval: oneOf('day', 'month', 'week', 'year'), interval_count: integer(1, 365).optional() }).optional(),
  end_date: integer(1).optional(),
  items: list(z.strictObject({ metadata: metadata().optional(), price: idParam(), quantity: integer(1, 1_000_000).optional() }), 20),
  metadata: metadata().optional(),
  proration_behavior: prorationBehavior.optional(),
  start_date: integer(1).optional(),
  trial_end: integer(1).optional(),
});

/** The parameters of `POST /v1/subscription_schedules/:id`. */
export const scheduleChangeParams = params({
  end_behavior: oneOf('cancel', 'release').optional(),
  metadata: metadata().optional(),
  phases: list(phase, 10).optional(),
  proration_behavior: prorationBehavior.optional(),
});

/** The parameters of `POST /v1/subscription_schedules/:id/cancel`. */
export const cancelScheduleParams = params({ invoice_now: flag().optional(), prorate: flag().optional() });

/** The parameters of `POST /v1/subscription_schedules/:id/release`. */
export const releaseScheduleParams = params({ preserve_cancel_date: flag().optional() });

/** A change's parameters. */
export type ScheduleChange = z.infer<typeof scheduleChangeParams>;
/** One phase of a change. */
export type NewPhase = z.infer<typeof phase>;
