/** Test clocks, by which a customer's time can be moved alone: https://docs.stripe.com/api/test_clocks */
import { badRequest, noSuchObject } from '../api/apiFault.js';
import { lists, reads, writes, type Endpoint } from '../api/endpoint.js';
import { integer, params, text } from '../api/params.js';
import { removeCustomer } from '../objects/customerEndpoints.js';
import type { StoredTestClock } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { startAdvance } from './advanceClock.js';

const path = '/v1/test_helpers/test_clocks';
/** Stripe keeps a clock, and who lives by it, for 30 days. */
const clockLife = 30 * 24 * 60 * 60;
/** Later than any date that an SDK could write. */
const endOfTime = 253_402_300_799;

function createClock(turn: Turn, given: { frozen_time: number; name?: string }): StoredTestClock {
  const clock = turn.draft.put('test_helpers.test_clock', {
    id: newId('clock_'),
    object: 'test_helpers.test_clock',
    created: turn.sandboxNow,
    deletes_after: turn.sandboxNow + clockLife,
    frozen_time: given.frozen_time,
    livemode: false,
    name: given.name ?? null,
    status: 'ready',
    status_details: {},
  });
  turn.draft.schedule({ lane: 'delete_clock', at: clock.deletes_after * 1000, id: clock.id, attempt: 0 });
  emitEvent(turn, 'test_helpers.test_clock.created', clock);
  return clock;
}

function deleteClock(turn: Turn, id: string): object {
  const clock = turn.draft.get('test_helpers.test_clock', id);
  if (!clock) throw noSuchObject('test clock', id);
  for (const customer of turn.draft.walk('customer', { where: { field: 'test_clock', value: id } })) removeCustomer(turn, customer);
  turn.draft.remove('test_helpers.test_clock', id);
  emitEvent(turn, 'test_helpers.test_clock.deleted', clock);
  return { id, object: 'test_helpers.test_clock', deleted: true };
}

/** Deletes a clock that has reached its age, with all who live by it. */
export function deleteWhenDue(turn: Turn, id: string): void {
  if (turn.draft.get('test_helpers.test_clock', id)) deleteClock(turn, id);
}

/** The API's rows for test clocks. */
export const testClockEndpoints: readonly Endpoint[] = [
  writes('post', path, params({ frozen_time: integer(1, endOfTime), name: text(300).optional() }), (turn, { params: given }) => createClock(turn, given)),
  lists('test_helpers.test_clock', path),
  reads(`${path}/:id`, params({}), ({ reader }, { id }) => {
    const clock = reader.get('test_helpers.test_clock', id);
    if (!clock) throw noSuchObject('test clock', id);
    return clock;
  }),
  writes('delete', `${path}/:id`, params({}), (turn, { id }) => deleteClock(turn, id)),
  writes('post', `${path}/:id/advance`, params({ frozen_time: integer(1, endOfTime) }), (turn, { id, params: given }) => {
    const clock = turn.draft.get('test_helpers.test_clock', id);
    if (!clock) throw noSuchObject('test clock', id);
    if (given.frozen_time <= clock.frozen_time)
      throw badRequest('A test clock only goes forward: `frozen_time` must be later than it is on the clock.', { param: 'frozen_time' });
    return startAdvance(turn, clock, given.frozen_time);
  }),
];
