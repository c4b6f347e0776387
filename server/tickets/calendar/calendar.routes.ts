import { calendar } from '../../../shared/contracts/tickets/calendar.js';
import type { Deps } from '../../deps.js';
import { answerMember, type RouteEntry } from '../../http/route.js';
import { closeFeed } from './closeFeed.js';
import { openFeed } from './openFeed.js';
import { showFeed } from './showFeed.js';

/** The routes about a member's calendar feed. */
export const calendarRoutes = (deps: Deps): RouteEntry[] => [
  answerMember(calendar.feed, (actor) => showFeed(actor)),
  answerMember(calendar.open, (actor) => openFeed(deps, actor)),
  answerMember(calendar.close, (actor) => closeFeed(actor)),
];
