import { isDeepStrictEqual } from 'node:util';
import { tickets } from '../../../shared/contracts/tickets.js';
import type { AttentionItem, RepairAttention } from '../../../shared/contracts/tickets/attention.js';
import { AppError } from '../../../shared/failures.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { roleChannel } from '../../realtime/channels.js';
import type { WebhookFollower } from '../handleWebhook.js';
import { findItems } from './finding/findItems.js';
import { repairFinding } from './repairing/repairFinding.js';
import { repairOrder } from './repairing/repairOrder.js';
import { repairWebhook } from './repairing/repairWebhook.js';

/**
 * Does what one click on an item promised, just as it was shown. Each repair is made once, whoever presses and however often: what
 * another has mended meanwhile is answered as mended.
 *
 * @throws attention.changed - the item offers this no more: something else is true of it now.
 * @throws payment.unavailable - Stripe does not answer. A refund that was noted by then is made as soon as it does.
 * @throws order.wrong_state - the order has moved on in this very moment.
 */
export async function repairAttention(deps: Deps, followers: readonly WebhookFollower[], actor: Actor, { itemId, repair }: RepairAttention): Promise<{ left: AttentionItem | null }> {
  const item = await findItem(deps, itemId);
  if (!item) return { left: null };
  if (!item.repairs.some((offered) => isDeepStrictEqual({ ...offered }, { ...repair }))) throw new AppError('attention.changed');
  deps.log.info({ itemId, repair: repair.kind, by: actor.memberId }, 'a repair of money was asked for');
  if ('orderId' in item) await repairOrder(deps, followers, actor, item, repair);
  else if (item.kind === 'webhook_stuck') await repairWebhook(deps, followers, item, repair);
  else await repairFinding(deps, followers, actor, { itemId, repair });
  deps.publish(roleChannel('organizer'), tickets.moneyChanged, { workshopId: null });
  return { left: await findItem(deps, itemId) };
}

async function findItem(deps: Deps, itemId: string): Promise<AttentionItem | null> {
  return (await findItems(deps)).find(({ id }) => id === itemId) ?? null;
}
