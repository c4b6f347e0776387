import { attention } from '../../../shared/contracts/tickets/attention.js';
import type { Deps } from '../../deps.js';
import { answerMember, type RouteEntry } from '../../http/route.js';
import type { WebhookFollower } from '../handleWebhook.js';
import { compareNow } from './compareNow.js';
import { listAttention } from './listAttention.js';
import { repairAttention } from './repairAttention.js';

/** The routes about money that a person should look at. Who follows what Stripe tells is said by whoever puts the house together. */
export const attentionRoutes = (deps: Deps, followers: readonly WebhookFollower[]): RouteEntry[] => [
  answerMember(attention.list, () => listAttention(deps)),
  answerMember(attention.compare, (actor) => compareNow(deps, followers, actor)),
  answerMember(attention.repair, (actor, input) => repairAttention(deps, followers, actor, input)),
];
