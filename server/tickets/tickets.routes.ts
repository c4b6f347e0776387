import { tickets } from '../../shared/contracts/tickets.js';
import type { Deps } from '../deps.js';
import { answerMember, type RouteEntry } from '../http/route.js';
import { abandonOrder } from './abandonOrder.js';
import { listSales } from './books/listSales.js';
import { listMyOrders } from './listMyOrders.js';
import { refundOrder } from './refundOrder.js';
import { quotePrice } from './selling/quotePrice.js';
import { showOrder } from './showOrder.js';
import { startCheckout } from './startCheckout.js';

/** The routes about tickets and money. */
export const ticketsRoutes = (deps: Deps): RouteEntry[] => [
  answerMember(tickets.startCheckout, (actor, input) => startCheckout(deps, actor, input)),
  answerMember(tickets.quote, (actor, input) => quotePrice(deps, actor, input)),
  answerMember(tickets.order, (actor, input) => showOrder(deps, actor, input)),
  answerMember(tickets.abandon, (actor, input) => abandonOrder(deps, actor, input)),
  answerMember(tickets.mine, (actor) => listMyOrders(actor)),
  answerMember(tickets.sales, (actor, input) => listSales(deps, actor, input)),
  answerMember(tickets.refund, (actor, input) => refundOrder(deps, actor, input)),
];
