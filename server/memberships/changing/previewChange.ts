import type { ChangePreview, ToPrice } from '../../../shared/contracts/memberships/memberships.js';
import { accessOffers, accessRunningMembership } from '../../access/memberships/accessMembership.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { judgeChange } from './judgeChange.js';
import { reckonChange } from './reckonChange.js';

/**
 * What going over to another price would mean, to the cent; nothing is changed.
 *
 * @throws membership.not_found | membership.wrong_state | membership.fix_card | price.not_found | price.same | price.wrong_currency
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function previewChange(deps: Deps, actor: Actor, input: ToPrice): Promise<ChangePreview> {
  accessOffers(actor, deps.now());
  const membership = await accessRunningMembership(actor);
  const { preview } = await reckonChange(deps, membership, await judgeChange(deps, membership, input.priceId), null);
  return preview;
}
