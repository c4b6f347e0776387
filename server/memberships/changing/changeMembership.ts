import type { ChangeMembership, MyMembership } from '../../../shared/contracts/memberships/memberships.js';
import { AppError } from '../../../shared/failures.js';
import { accessOffers, accessRunningMembership, type RunningMembership } from '../../access/memberships/accessMembership.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { judgeChange, type Change } from './judgeChange.js';
import { changeParams, reckonChange } from './reckonChange.js';
import { releaseSchedule, scheduleChange } from './schedule.js';
import { viewMine } from '../memberships.views.js';
import { syncMembership } from '../syncMembership.js';

/** For so long what was reckoned may be done, in milliseconds. */
const previewGoodMs = 15 * 60_000;

/**
 * Goes over to another price, as it was shown: upwards at once, for exactly what the preview said; downwards when the period that is
 * paid for is over. A change takes back a cancellation. A second click on the same preview changes once.
 *
 * @throws membership.preview_changed - it would come to something else by now; nothing was done.
 * @throws payment.declined - the card was not charged; nothing was changed.
 * @throws payment.proof_wanted - the bank wants its proof first; nothing was changed, and Stripe's portal can ask for it.
 * @throws membership.not_found | membership.wrong_state | membership.fix_card | price.not_found | price.same | price.wrong_currency
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function changeMembership(deps: Deps, actor: Actor, input: ChangeMembership): Promise<MyMembership> {
  accessOffers(actor, deps.now());
  const membership = await accessRunningMembership(actor);
  const change = await judgeChange(deps, membership, input.priceId);
  await compareWithPreview(deps, membership, change, input);
  if (change.how === 'downgrade') await scheduleChange(deps, membership, change);
  else await changeNow(deps, membership, change, new Date(input.at));
  await syncMembership(deps, membership._id);
  return viewMine(actor.memberId);
}

async function compareWithPreview(deps: Deps, membership: RunningMembership, change: Change, shown: ChangeMembership): Promise<void> {
  const isReckoned = change.how === 'upgrade';
  const { preview, askedAt } = await reckonChange(deps, membership, change, isReckoned ? new Date(shown.at) : null);
  const age = askedAt.getTime() - new Date(shown.at).getTime();
  const isGood = change.how === 'upgrade' || change.how === 'trial_over' ? age >= 0 && age <= previewGoodMs : preview.at === shown.at;
  if (!isGood || preview.when !== shown.when || preview.due !== shown.due) throw new AppError('membership.preview_changed', { due: preview.due });
}

async function changeNow(deps: Deps, membership: RunningMembership, change: Change, at: Date): Promise<void> {
  await releaseSchedule(deps, change.reading);
  const params = changeParams(change, at);
  // Named by what was shown and by the card: after one was declined, another is another attempt.
  const idempotencyKey = `change:${String(membership._id)}:${change.price.stripePriceId}:${at.getTime()}:${change.reading.cards[0]?.id ?? ''}`;
  await deps.askStripe((stripe) => stripe.subscriptions.update(membership.subscriptionId, { ...params, payment_behavior: 'error_if_incomplete' }, { idempotencyKey }));
}
