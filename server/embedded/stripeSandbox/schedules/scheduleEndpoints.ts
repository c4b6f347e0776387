/** The API's rows for subscription schedules: https://docs.stripe.com/api/subscription_schedules */
import { badRequest, noSuchObject } from '../api/apiFault.js';
import { lists, reads, sameText, writes, type Endpoint } from '../api/endpoint.js';
import { flag, id as idParam, mergeMetadata, params } from '../api/params.js';
import { inTimeOf } from '../clocks/clockTime.js';
import type { StoredSchedule, StoredSubscription } from '../store/kinds.js';
import { cancelSubscription } from '../subscriptions/endSubscription.js';
import { changeSubscription } from '../subscriptions/keepSubscription.js';
import { settleInvoice } from '../subscriptions/settleInvoice.js';
import type { Turn } from '../turn.js';
import { createSchedule } from './createSchedule.js';
import { applyPhase, isOtherPhase } from './enterPhase.js';
import { changeSchedule, currentPhase } from './keepSchedule.js';
import { planPhases } from './planPhases.js';
import { releaseSchedule } from './releaseSchedule.js';
import { cancelScheduleParams, newScheduleParams, releaseScheduleParams, scheduleChangeParams, type ScheduleChange } from './scheduleParams.js';

const path = '/v1/subscription_schedules';

interface Running {
  /** In the customer's time. */
  turn: Turn;
  schedule: StoredSchedule;
  subscription: StoredSubscription;
}

/**
 * A schedule that still moves its subscription.
 *
 * @throws ApiFault 404 when there is none; 400 when it is over.
 */
function runningSchedule(outer: Turn, id: string, deed: 'canceled' | 'released' | 'updated'): Running {
  const schedule = outer.draft.get('subscription_schedule', id);
  if (!schedule) throw noSuchObject('subscription_schedule', id);
  const subscription = outer.draft.get('subscription', schedule.subscription ?? '');
  if (schedule.status !== 'active' || !subscription)
    throw badRequest(
      `A subscription schedule that is currently in the \`${schedule.status}\` status cannot be ${deed}. It must be in \`not_started\`, \`active\` status.`,
    );
  return { turn: inTimeOf(outer, schedule.customer), schedule, subscription };
}

function updateSchedule(outer: Turn, id: string, given: ScheduleChange): StoredSchedule {
  const { turn, schedule, subscription } = runningSchedule(outer, id, 'updated');
  const phases = given.phases ? planPhases(turn, schedule, subscription, given.phases) : schedule.phases;
  const started = currentPhase({ ...schedule, phases });
  const after = changeSchedule(turn, schedule, {
    current_phase: started ? { start_date: started.start_date, end_date: started.end_date } : schedule.current_phase,
    end_behavior: given.end_behavior ?? schedule.end_behavior,
    metadata: mergeMetadata(schedule.metadata ?? {}, given.metadata),
    phases,
  });
  const ending = changeSubscription(turn, subscription, endOf(turn, after, subscription));
  if (started && isOtherPhase(schedule, after)) applyPhase(turn, ending, started, given.proration_behavior ?? 'create_prorations');
  return after;
}

/** A schedule that ends by canceling tells its subscription when that is. */
function endOf({ now }: Turn, { end_behavior: end, phases }: StoredSchedule, { canceled_at: canceledAt }: StoredSubscription): Partial<StoredSubscription> {
  if (end !== 'cancel') return { cancel_at: null, cancel_at_period_end: false, canceled_at: null };
  return { cancel_at: phases.at(-1)?.end_date ?? null, cancel_at_period_end: false, canceled_at: canceledAt ?? now };
}

/** The API's rows for subscription schedules. */
export const scheduleEndpoints: readonly Endpoint[] = [
  writes('post', path, newScheduleParams, (turn, { params: given }) => createSchedule(turn, given.from_subscription)),
  lists('subscription_schedule', path, {
    customer: sameText(idParam(), 'customer'),
    scheduled: { param: flag(), matches: ({ status }, isWanted: boolean) => !isWanted || status === 'not_started' },
  }),
  reads(`${path}/:id`, params({}), ({ reader }, { id }) => {
    const schedule = reader.get('subscription_schedule', id);
    if (!schedule) throw noSuchObject('subscription_schedule', id);
    return schedule;
  }),
  writes('post', `${path}/:id`, scheduleChangeParams, (turn, { id, params: given }) => updateSchedule(turn, id, given)),
  writes('post', `${path}/:id/release`, releaseScheduleParams, (outer, { id, params: given }) => {
    const { turn, schedule, subscription } = runningSchedule(outer, id, 'released');
    return releaseSchedule(turn, schedule, subscription, given.preserve_cancel_date);
  }),
  writes('post', `${path}/:id/cancel`, cancelScheduleParams, (outer, { id, params: given }) => {
    const { turn, schedule, subscription } = runningSchedule(outer, id, 'canceled');
    const { invoice_now = true, prorate = true } = given;
    const { invoice } = cancelSubscription(outer, subscription.id, { invoice_now, prorate });
    if (invoice) settleInvoice(turn, invoice);
    return turn.draft.get('subscription_schedule', id) ?? schedule;
  }),
];
