import type { AttentionView } from '../../../shared/contracts/tickets/attention.js';
import type { Deps } from '../../deps.js';
import { Comparison } from '../../models/money/comparison.js';
import { findItems } from './finding/findItems.js';
import { viewComparison } from './viewComparison.js';

/** What a person should look at, the longest waiting first, and when all was last compared with Stripe. */
export async function listAttention(deps: Deps): Promise<AttentionView> {
  const [items, newest] = await Promise.all([findItems(deps), Comparison.newest()]);
  return { items, comparison: newest && (await viewComparison(deps, newest)) };
}
