import type { AttentionItem } from '../../../../shared/contracts/tickets/attention.js';
import type { Deps } from '../../../deps.js';
import { MoneyFinding } from '../../../models/money/moneyFinding.js';
import { ordersInTrouble } from './ordersInTrouble.js';
import { stuckWebhooks } from './stuckWebhooks.js';
import { viewFindings } from './viewFindings.js';

/** Everything a person should look at, the longest waiting first. */
export async function findItems(deps: Deps): Promise<AttentionItem[]> {
  const findings = await MoneyFinding.open();
  const unopened = new Map(findings.flatMap(({ found, since }): [string, Date][] => (found.kind === 'paid_without_right' ? [[String(found.orderId), since]] : [])));
  const items = (await Promise.all([ordersInTrouble(deps, unopened), stuckWebhooks(deps), viewFindings(deps, findings)])).flat();
  return items.sort((one, other) => one.since.localeCompare(other.since));
}
