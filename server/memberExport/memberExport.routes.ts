import { memberExport } from '../../shared/contracts/members.js';
import type { Deps } from '../deps.js';
import { answerMember, type RouteEntry } from '../http/route.js';
import { exportMember, type Chapter } from './exportMember.js';

/** @param chapters - what each feature tells of a member, by the chapter's name. */
export const memberExportRoutes = (deps: Deps, chapters: Readonly<Record<string, Chapter>>): RouteEntry[] => [
  answerMember(memberExport.show, (actor) => exportMember(deps, actor, chapters)),
];
