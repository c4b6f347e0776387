import { attendance } from '../../../shared/contracts/attendance/attendance.js';
import type { Deps } from '../../deps.js';
import { answerMember, type RouteEntry } from '../../http/route.js';
import { listMine } from './listMine.js';
import { setCertificateRule } from './setCertificateRule.js';
import { showHistory } from './showHistory.js';
import { showSheet } from './showSheet.js';

/** The routes about attendance. */
export const attendanceRoutes = (deps: Deps): RouteEntry[] => [
  answerMember(attendance.sheet, (actor, input) => showSheet(deps, actor, input)),
  answerMember(attendance.mine, (actor) => listMine(deps, actor)),
  answerMember(attendance.ofMember, (actor, input) => showHistory(deps, actor, input)),
  answerMember(attendance.setRule, (actor, input) => setCertificateRule(deps, actor, input)),
];
