import type { ComparisonView } from '../../../shared/contracts/tickets/attention.js';
import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';
import type { ComparisonDocument } from '../../models/money/comparison.js';

/** A comparison as organizers see it; one whose node was killed counts as failed. */
export async function viewComparison(deps: Deps, { begunAt, byId, endedAt, isDone, leaseUntil, looked, mended }: ComparisonDocument): Promise<ComparisonView> {
  const isRunning = endedAt === null && leaseUntil > deps.now();
  const people = await Member.people(byId ? [String(byId)] : []);
  return { at: begunAt.toISOString(), by: people.get(String(byId)) ?? null, state: isDone ? 'done' : isRunning ? 'running' : 'failed', looked, mended };
}
