import { refunds } from '../../../shared/contracts/tickets/refunds.js';
import type { Deps } from '../../deps.js';
import { answerMember, type RouteEntry } from '../../http/route.js';
import { refundPart } from './refundPart.js';
import { returnSeat } from './returnSeat.js';

/** The routes about refunds of a part, and by the member. */
export const refundsRoutes = (deps: Deps): RouteEntry[] => [
  answerMember(refunds.part, (actor, input) => refundPart(deps, actor, input)),
  answerMember(refunds.mine, (actor, input) => returnSeat(deps, actor, input)),
];
