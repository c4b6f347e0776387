import type { MyMembership } from '../../shared/contracts/memberships/memberships.js';
import type { Actor } from '../access/actor.js';
import { viewMine } from './memberships.views.js';

/** The actor's membership, and whether a free trial is left to them. */
export function showMine(actor: Actor): Promise<MyMembership> {
  return viewMine(actor.memberId);
}
