import type { Deps } from '../deps.js';
import type { Job } from '../platform/schedule.js';
import { attendanceTimers } from './attendance/attendanceTimers.js';
import { followSales } from './publishing/followSale.js';

/** What workshops need done by themselves, on every node. */
export const workshopTimers = (deps: Deps): Job[] => [
  ...attendanceTimers(deps),
  // A node that was killed may have decided what is sold, and left the workshop as it was.
  { name: 'sales', everyMs: 6_000, run: () => followSales(deps) },
];
