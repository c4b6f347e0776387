import type { Deps } from '../../deps.js';
import type { Job } from '../../platform/schedule.js';
import { endAbandoned } from '../ending/endAbandoned.js';
import { endForgotten } from '../ending/endForgotten.js';
import { forgetStays } from './forgetStays.js';
import { freezeAttendance } from './freezeAttendance.js';
import { renewAttendance } from './renewAttendance.js';

/** Attendance is kept alive, written down and forgotten by itself, on every node; so is a workshop that nobody ends brought to its end. */
export const attendanceTimers = (deps: Deps): Job[] => [
  { name: 'attendance', everyMs: 15_000, run: () => renewAttendance(deps) },
  { name: 'abandoned workshops', everyMs: 60_000, run: () => endAbandoned(deps) },
  { name: 'forgotten workshops', everyMs: 60_000, run: () => endForgotten(deps) },
  { name: 'attendance records', everyMs: 10_000, run: () => freezeAttendance(deps) },
  { name: 'attendance retention', everyMs: 3_600_000, run: () => forgetStays(deps) },
];
