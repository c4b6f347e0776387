import { ledger } from '../../shared/contracts/money/ledger.js';
import type { Deps } from '../deps.js';
import { answerMember, type RouteEntry } from '../http/route.js';
import { exportBooks } from './exportBooks.js';
import { exportLines } from './exportLines.js';
import { listLines } from './listLines.js';
import { recordPartnership } from './recordPartnership.js';
import { showBooks } from './showBooks.js';
import { showNews } from './showNews.js';
import { takeBackPartnership } from './takeBackPartnership.js';

/** The routes about the ledger. */
export const ledgerRoutes = (deps: Deps): RouteEntry[] => [
  answerMember(ledger.books, (_actor, input) => showBooks(input)),
  answerMember(ledger.lines, (_actor, input) => listLines(input)),
  answerMember(ledger.since, (_actor, input) => showNews(input)),
  answerMember(ledger.exportBooks, (_actor, input) => exportBooks(input)),
  answerMember(ledger.exportLines, (_actor, input) => exportLines(input)),
  answerMember(ledger.recordPartnership, (actor, input) => recordPartnership(deps, actor, input)),
  answerMember(ledger.takeBackPartnership, (actor, input) => takeBackPartnership(deps, actor, input)),
];
