import type { Deps } from '../deps.js';
import type { Job } from '../platform/schedule.js';
import type { CrowdWatch } from './mode/crowdWatch.js';
import { endRestrictions } from './restrictions/endRestrictions.js';
import { writeDownAll } from './audit/writeDownAll.js';

/** What ends by time, or was cut off by a crash, is found again by every node. */
export const moderationTimers = (deps: Deps, crowds: CrowdWatch): Job[] => [
  { name: 'restrictions', everyMs: 2_000, run: () => endRestrictions(deps) },
  { name: 'crowds', everyMs: 6_000, run: () => crowds.calmDown() },
  { name: 'audit', everyMs: 60_000, run: writeDownAll },
];
