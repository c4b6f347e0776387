import { Types } from 'mongoose';
import type { ComparisonView } from '../../../shared/contracts/tickets/attention.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Comparison } from '../../models/money/comparison.js';
import type { WebhookFollower } from '../handleWebhook.js';
import { compareWithStripe } from './comparing/compareWithStripe.js';
import { viewComparison } from './viewComparison.js';

/** Compares with Stripe now, and tells what came of it; of a comparison that is under way already, how far that is. */
export async function compareNow(deps: Deps, followers: readonly WebhookFollower[], actor: Actor): Promise<ComparisonView | null> {
  const made = await compareWithStripe(deps, followers, { byId: new Types.ObjectId(actor.memberId), notAfter: deps.now() });
  const newest = made ?? (await Comparison.newest());
  return newest && viewComparison(deps, newest);
}
